package dev.belfry.benchmark.live;

import java.util.List;
import java.util.Map;

/** What a reader of a log was told, and whether each batch began where the last ended. */
final class Chain {

	private String cursor = "";

	private int completions;

	/** Takes a message of the subscription. */
	void take(Map<String, Object> message) {
		Map<String, Object> batch = object(object(object(message, "payload"), "data"), "jobNotifications");
		if (!this.cursor.isEmpty() && !this.cursor.equals(batch.get("startCursor"))) {
			throw new IllegalStateException("After " + this.cursor + " came " + batch);
		}
		this.cursor = (String) batch.get("endCursor");
		this.completions += ((List<?>) batch.get("nodes")).size();
	}

	String cursor() {
		return this.cursor;
	}

	int completions() {
		return this.completions;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> object(Map<String, Object> parent, String name) {
		Object child = parent.get(name);
		if (!(child instanceof Map)) {
			throw new IllegalStateException("There is no " + name + " in " + parent);
		}
		return (Map<String, Object>) child;
	}

}
