package dev.belfry.notifier.dryruns;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.graphql.execution.Position;
import dev.belfry.graphql.execution.Positioned;
import dev.belfry.input.UserError;

/**
 * What a dry run has counted up to where it is, as the schema shows it.
 *
 * @param progress where that is, from 0 to 1
 * @param complete whether it is the end
 * @param stoppedBecause why it has ended before that
 * @param failure why the alert failed at the first of the entries that it failed at
 * @param suppressed how many of the e-mails are for addresses that get none
 * @param unresolved how many recipients had no address, summed over the matches
 */
record AlertDryRun(double progress, boolean complete, @Nullable String stoppedBecause, long considered, long matched,
		long failed, @Nullable String failure, long mails, long suppressed, long unresolved, List<DryRunDay> days,
		List<DryRunMatch> firstMatches, List<UserError> userErrors) implements Positioned {

	/** Each is a state of its own, at which no other run can be. */
	@Override
	public Position position() {
		return Position.at(new Object());
	}

	/** Of what is not begun. */
	static AlertDryRun refused(List<UserError> errors) {
		return new AlertDryRun(0, false, null, 0, 0, 0, null, 0, 0, 0, List.of(), List.of(), errors);
	}

}
