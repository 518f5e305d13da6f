package dev.belfry.catalog.commerce;

import java.util.List;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventType;
import dev.belfry.values.JsonValues;

import static dev.belfry.catalog.types.EventField.list;
import static dev.belfry.catalog.types.EventField.of;
import static dev.belfry.catalog.types.EventField.text;
import static dev.belfry.catalog.types.EventFieldType.DATE_TIME;
import static dev.belfry.catalog.types.EventFieldType.INTEGER;

/** What jobs do. Belfry makes these events itself, of the log of completions. */
final class JobEvents {

	private static final EventField OPERATION = text("job.operation", "Operation", "The operation's key.").needed()
		.oneOf(operations());

	private static final EventField OPERATION_NAME = text("job.operationName", "Operation's name", "As people know it.")
		.needed();

	private static final List<EventField> PLACE = List.of(
			text("job.integration.name", "Integration", "What it ran for.").needed(),
			text("job.integration.externalId", "Integration's id", "The platform's own id of it.").needed(),
			text("job.origin.kind", "Source or channel", "Whether goods come from there or are sold there.").needed()
				.oneOf("SOURCE", "CHANNEL"),
			text("job.origin.name", "Origin", "The source or channel that the integration belongs to.").needed(),
			text("job.origin.externalId", "Origin's id", "The platform's own id of it.").needed());

	private static final List<EventField> RUN = List.of(OPERATION_NAME, OPERATION,
			text("job.runId", "Run", "The platform's id of the run.").needed());

	private static final List<EventField> OUTCOME = List.of(
			text("job.outcome", "Outcome", "How it ended.").needed()
				.oneOf("SUCCEEDED", "COMPLETED_WITH_ERRORS", "FAILED"),
			text("job.summary", "Summary", "What happened, in a sentence.").needed(),
			of(DATE_TIME, "job.startedAt", "Started at", "When the job began.").needed(),
			of(DATE_TIME, "job.finishedAt", "Finished at", "When the job ended.").needed(),
			of(INTEGER, "job.messageCount", "Messages", "How many messages there are.").needed());

	private static final List<EventField> SILENCE = List.of(
			of(DATE_TIME, "overdue.lastCompletedAt", "Last completed at",
					"When the job completed last; absent if it never has."),
			of(DATE_TIME, "overdue.expectedBy", "Expected by", "When it should have completed again at the latest.")
				.needed(),
			of(INTEGER, "overdue.silentMinutes", "Minutes without completion",
					"Minutes since the last completion, when Belfry noticed. Outages of Belfry do not count.")
				.needed(),
			of(INTEGER, "overdue.afterMinutes", "Minutes allowed",
					"After how many minutes without a completion it is overdue.")
				.needed(),
			of(INTEGER, "overdue.usualMinutes", "Usual minutes",
					"The median of its last 20 intervals; absent if there are fewer than five."));

	private static final List<EventField> COUNTS = Operations.countNames()
		.stream()
		.map((name) -> of(INTEGER, "job.counts." + name, "Count: " + name,
				"How many the job reported as `" + name + "`; absent if it reported none."))
		.toList();

	private static final EventField MESSAGES = list("job.messages", "First messages", "The first messages of the job.",
			text("severity", "Severity", "The severity.").needed().oneOf("INFO", "WARNING", "ERROR"),
			text("text", "Text", "What happened.").needed(),
			text("reference", "Reference", "What the message refers to, for example a SKU."));

	static final EventType COMPLETED = new EventType("JOB_COMPLETED", "Job Completed",
			"A job has ended, successfully or not.", false,
			EventField.all(RUN, PLACE, OUTCOME, COUNTS, List.of(MESSAGES)), List.of(People.OWNER),
			JsonValues.readObject(
					"""
							{ "job": { "runId": "run-40217", "operation": "GET_INVENTORY_PRIMARY", "operationName": "Get Inventory Primary",
							    "integration": { "name": "Alpine EDI", "externalId": "alpine-edi" },
							    "origin": { "kind": "SOURCE", "name": "Alpine Supply", "externalId": "alpine-supply" },
							    "outcome": "COMPLETED_WITH_ERRORS",
							    "summary": "1,204 products imported, 318 updated, 37 new, 5 archived, 2 failed",
							    "startedAt": "2026-03-01T06:00:00Z", "finishedAt": "2026-03-01T06:00:42Z", "messageCount": 2,
							    "counts": { "imported": 1204, "updated": 318, "new": 37, "archived": 5, "failed": 2 },
							    "messages": [
							      { "severity": "ERROR", "text": "The price is not a number.", "reference": "AS-2207" },
							      { "severity": "ERROR", "text": "The price is not a number.", "reference": "AS-2208" }
							    ] } }"""));

	static final EventType OVERDUE = new EventType("JOB_OVERDUE", "Job Overdue",
			"A job has not completed for longer than an alert allows.", false,
			EventField.all(List.of(OPERATION_NAME, OPERATION), PLACE, SILENCE), List.of(People.OWNER),
			JsonValues.readObject("""
					{ "job": { "operation": "GET_INVENTORY_PRIMARY", "operationName": "Get Inventory Primary",
					    "integration": { "name": "Alpine EDI", "externalId": "alpine-edi" },
					    "origin": { "kind": "SOURCE", "name": "Alpine Supply", "externalId": "alpine-supply" } },
					  "overdue": { "lastCompletedAt": "2026-03-01T06:00:42Z", "expectedBy": "2026-03-01T08:00:42Z",
					    "silentMinutes": 120, "afterMinutes": 120, "usualMinutes": 60 } }"""));

	private JobEvents() {
	}

	private static String[] operations() {
		return Operations.keys().toArray(String[]::new);
	}

}
