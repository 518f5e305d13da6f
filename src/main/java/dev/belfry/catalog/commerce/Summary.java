package dev.belfry.catalog.commerce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.Operation;

/** Says what a job did in a sentence: "1,204 products imported, 37 new, 5 archived". */
public final class Summary {

	private static final int MOST_PARTS = 5;

	private Summary() {
	}

	/** Of a job that came to its end. */
	public static String ofCounts(Operation operation, Map<String, Long> counts) {
		List<String> parts = parts(operation, counts);
		return parts.isEmpty() ? "No " + operation.noun() + " to report" : String.join(", ", parts);
	}

	/** Of a job that came to its end, though not all went well. */
	public static String withErrors(Operation operation, Map<String, Long> counts, @Nullable String error) {
		List<String> parts = parts(operation, counts);
		if (parts.isEmpty()) {
			return (error != null) ? "Completed with errors: " + reason(error) : "Completed with errors";
		}
		boolean tellsOfErrors = counts.getOrDefault("failed", 0L) > 0;
		return String.join(", ", parts) + (tellsOfErrors ? "" : ", with errors");
	}

	/** Of a job that did not come to its end. */
	public static String failed(Operation operation, Map<String, Long> counts, @Nullable String error) {
		List<String> parts = parts(operation, counts);
		String done = parts.isEmpty() ? "Failed" : "Failed after " + String.join(", ", parts);
		return (error != null) ? done + ": " + reason(error) : done;
	}

	private static List<String> parts(Operation operation, Map<String, Long> counts) {
		List<String> parts = new ArrayList<>();
		for (String name : Operations.inOrder(operation, counts.keySet())) {
			long value = counts.getOrDefault(name, 0L);
			if (value > 0 && parts.size() < MOST_PARTS) {
				parts.add(part(operation, name, value, parts.isEmpty()));
			}
		}
		return parts;
	}

	private static String part(Operation operation, String name, long value, boolean first) {
		String number = grouped(value);
		boolean listed = operation.counts().stream().anyMatch((kind) -> kind.name().equals(name));
		if (!listed) {
			return number + " " + Operations.label(operation, name).toLowerCase(Locale.ROOT);
		}
		if (!first) {
			return number + " " + name;
		}
		String noun = (value == 1) ? singular(operation.noun()) : operation.noun();
		return name.equals("new") ? number + " new " + noun : number + " " + noun + " " + name;
	}

	/** A number with commas between its thousands. */
	private static String grouped(long value) {
		StringBuilder digits = new StringBuilder(Long.toString(value));
		for (int place = digits.length() - 3; place > 0; place -= 3) {
			digits.insert(place, ',');
		}
		return digits.toString();
	}

	private static String singular(String noun) {
		return noun.substring(0, noun.length() - 1);
	}

	/** An error's own full stop would end a sentence that others do not end. */
	private static String reason(String error) {
		return error.endsWith(".") ? error.substring(0, error.length() - 1) : error;
	}

}
