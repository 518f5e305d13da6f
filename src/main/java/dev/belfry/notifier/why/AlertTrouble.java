package dev.belfry.notifier.why;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.alerts.views.WatchProblem;
import dev.belfry.delivery.history.MailTrouble;
import dev.belfry.notifier.matching.AlertEvaluations.AlertOutcome;

/** Something that makes an alert useless, as the schema shows it. */
record AlertTrouble(AlertTroubleKind kind, Instant since, String message) {

	/** How many evaluations must go the same way, if there are so many. */
	static final int NUMBER = 5;

	/**
	 * What is wrong with what an alert watches.
	 * @param since when the alert was changed last
	 */
	static AlertTrouble of(WatchProblem problem, Instant since) {
		AlertTroubleKind kind = switch (problem.kind()) {
			case NEVER_SEEN -> AlertTroubleKind.JOB_NEVER_SEEN;
			case TOO_SELDOM -> AlertTroubleKind.JOB_TOO_SELDOM;
		};
		return new AlertTrouble(kind, since, problem.message());
	}

	/** What is wrong with its e-mails. */
	static AlertTrouble of(MailTrouble trouble) {
		AlertTroubleKind kind = switch (trouble.kind()) {
			case SUPPRESSED -> AlertTroubleKind.MAILS_SUPPRESSED;
			case FAILING -> AlertTroubleKind.MAILS_FAIL;
			case OVER_CAP -> AlertTroubleKind.OVER_DAILY_CAP;
		};
		return new AlertTrouble(kind, trouble.since(), trouble.message());
	}

	/**
	 * What the latest evaluations of an alert have in common, if it is bad.
	 * @param latest newest first
	 */
	static @Nullable AlertTrouble of(List<AlertOutcome> latest) {
		if (latest.isEmpty()) {
			return null;
		}
		AlertOutcome newest = latest.get(0);
		Instant since = latest.get(latest.size() - 1).evaluatedAt();
		if (newest.error() != null && latest.stream().allMatch((each) -> each.error() != null)) {
			return new AlertTrouble(AlertTroubleKind.FAILS, since, newest.error());
		}
		if (latest.stream().allMatch((each) -> each.error() == null && each.addresses() == 0)) {
			return new AlertTrouble(AlertTroubleKind.TELLS_NOBODY, since,
					newest.unresolved().isEmpty() ? "It has no recipient." : newest.unresolved().get(0));
		}
		return null;
	}

}
