package dev.belfry.alerts.overdue;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.commerce.Operations;
import dev.belfry.events.intake.NewEvent;

/**
 * A job that an alert watches, and for how long it may be silent.
 *
 * @param operation its key
 * @param integrationId the number of the integration that it runs for
 * @param afterMinutes after how much silence it is overdue; null for twice its usual
 * interval
 */
public record OverdueWatch(String operation, long integrationId, @Nullable Integer afterMinutes) {

	/** Of {@link #afterMinutes}. */
	public static final int SHORTEST = 5;

	/** Of {@link #afterMinutes}: 30 days. */
	public static final int LONGEST = 43_200;

	/** The usual interval needs at least so many intervals. */
	public static final int FEWEST_INTERVALS = 5;

	public String operationName() {
		return Operations.named(this.operation).name();
	}

	/** Overdue after twice its usual interval. */
	public boolean timesUsual() {
		return this.afterMinutes == null;
	}

	/**
	 * Whether the event with this id is about this job and this limit. A sample, which is
	 * nobody's, does.
	 */
	public boolean isSubjectOf(String eventId) {
		return !eventId.startsWith(NewEvent.OWN)
				|| eventId.substring(0, eventId.lastIndexOf(':') + 1).equals(eventIds());
	}

	/**
	 * How the ids of its events begin; then comes the position of the completion that was
	 * the last.
	 */
	private String eventIds() {
		String limit = timesUsual() ? "2x" : this.afterMinutes + "m";
		return NewEvent.OWN + this.operation + ":" + this.integrationId + ":" + limit + ":";
	}

	/** As the database has it. */
	public Map<String, Object> json() {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("operation", this.operation);
		json.put("integrationId", this.integrationId);
		json.put("eventIds", eventIds());
		if (this.afterMinutes != null) {
			json.put("afterMinutes", this.afterMinutes);
		}
		return json;
	}

	/** Reads what {@link #json} wrote. */
	public static OverdueWatch of(Map<String, ? extends @Nullable Object> json) {
		Object afterMinutes = json.get("afterMinutes");
		return new OverdueWatch(String.valueOf(json.get("operation")),
				new BigDecimal(Objects.requireNonNull(json.get("integrationId")).toString()).longValueExact(),
				(afterMinutes != null) ? new BigDecimal(afterMinutes.toString()).intValueExact() : null);
	}

}
