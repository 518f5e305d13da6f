package dev.belfry.notifier.reader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.delivery.outbox.MailBatch;
import dev.belfry.delivery.outbox.MailJson;
import dev.belfry.notifier.emails.DueEmail;
import dev.belfry.notifier.emails.NoiseFilter.Outcome;
import dev.belfry.notifier.emails.NoiseFilter.Verdict;
import dev.belfry.notifier.emails.NoiseWindow;
import dev.belfry.notifier.emails.NotifiedAddress;
import dev.belfry.notifier.matching.AlertEvaluations;
import dev.belfry.notifier.matching.AlertMatch;
import dev.belfry.values.JsonBytes;
import dev.belfry.values.JsonRows;

/**
 * What came of a turn, as {@code end_turn} takes it. It can be thousands of rows, and is
 * written step by step.
 */
final class TurnResult {

	private static final JsonMapper JSON = new JsonMapper();

	private final MailBatch emails;

	private final JsonRows<NotifiedAddress> over;

	private final JsonRows<Map.Entry<NotifiedAddress, NoiseWindow>> windows;

	private final JsonRows<Map<String, Object>> digests;

	private final JsonRows<Outcome> outcomes;

	private final JsonRows<AlertMatch> evaluations;

	/**
	 * Of a verdict, for an account that has these matches.
	 * @param emails those of the verdict, in their order
	 */
	TurnResult(Verdict verdict, MailBatch emails, List<AlertMatch> matches) {
		this.emails = emails;
		this.over = new JsonRows<>(JSON, verdict.over(), NotifiedAddress::row);
		this.windows = new JsonRows<>(JSON, verdict.windows().entrySet(), TurnResult::row);
		this.digests = new JsonRows<>(JSON, digests(verdict.due()), (row) -> row);
		this.outcomes = new JsonRows<>(JSON, verdict.outcomes(), TurnResult::row);
		this.evaluations = new JsonRows<>(JSON, matches, AlertEvaluations::row);
	}

	/** Writes a row, and answers whether there was one. */
	boolean step() {
		return this.emails.step() || this.over.step() || this.windows.step() || this.digests.step()
				|| this.outcomes.step() || this.evaluations.step();
	}

	/** How long the rows are that belong to the e-mails. */
	long bytes() {
		return (long) this.windows.bytes() + this.outcomes.bytes() + this.evaluations.bytes();
	}

	MailJson emails() {
		return this.emails.json();
	}

	JsonBytes over() {
		return this.over.json();
	}

	JsonBytes windows() {
		return this.windows.json();
	}

	JsonBytes digests() {
		return this.digests.json();
	}

	JsonBytes outcomes() {
		return this.outcomes.json();
	}

	JsonBytes evaluations() {
		return this.evaluations.json();
	}

	/** The first digest of each recipient. */
	private static List<Map<String, Object>> digests(List<DueEmail> due) {
		Set<NotifiedAddress> seen = new HashSet<>();
		List<Map<String, Object>> rows = new ArrayList<>();
		for (int i = 0; i < due.size(); i++) {
			NotifiedAddress recipient = due.get(i).recipient();
			if (due.get(i).digest() && seen.add(recipient)) {
				Map<String, Object> row = new HashMap<>(recipient.row());
				row.put("email", i);
				rows.add(row);
			}
		}
		return rows;
	}

	private static Map<String, Object> row(Map.Entry<NotifiedAddress, NoiseWindow> entry) {
		NoiseWindow window = entry.getValue();
		return Map.of("topic", entry.getKey().topic().key(), "address", entry.getKey().address(), "opened_at",
				window.openedAt().toString(), "closes_at", window.closesAt().toString(), "folded", window.folded(),
				"shown", window.shown());
	}

	private static Map<String, @Nullable Object> row(Outcome outcome) {
		Map<String, @Nullable Object> row = new HashMap<>(outcome.recipient().row());
		row.put("log", outcome.cause().log().name());
		row.put("position", outcome.cause().position());
		row.put("email", outcome.email());
		return row;
	}

}
