package dev.belfry.versions;

import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

import dev.belfry.input.InputErrors;
import dev.belfry.input.Refusal;
import dev.belfry.input.UserErrorCode;
import dev.belfry.input.UserErrors;
import reactor.core.publisher.Mono;

/**
 * Changes something that has versions: what is to be different is put on top of what is
 * in force, and saved if that still is in force by then.
 */
public final class VersionedUpdate {

	private static final int MOST_TRIES = 30;

	private VersionedUpdate() {
	}

	/**
	 * What is in force after the change. Fails with {@link UserErrors}.
	 * @param current reads what is in force; fails if there is nothing to change
	 * @param expected the version that the caller has seen; null for whichever is in
	 * force
	 * @param save puts the change on top of a version and answers what is in force then:
	 * the same if nothing is different, nothing if somebody was faster. It fails with the
	 * errors that it is given and those that it finds
	 */
	public static <V extends Versioned> Mono<V> run(Mono<V> current, @Nullable Integer expected,
			BiFunction<V, InputErrors, Mono<V>> save) {
		return attempt(current.flatMap((version) -> save.apply(version, errors(version, expected))), MOST_TRIES);
	}

	/** Someone else's change may come between; then this one is made on top of that. */
	private static <V> Mono<V> attempt(Mono<V> change, int triesLeft) {
		return change.switchIfEmpty(Mono.defer(() -> (triesLeft > 1) ? attempt(change, triesLeft - 1)
				: Mono.error(Refusal.unavailable("Too many changes at the same time. Try again."))));
	}

	private static InputErrors errors(Versioned current, @Nullable Integer expected) {
		InputErrors errors = new InputErrors();
		if (expected != null && expected != current.version()) {
			errors.at("expectedVersion")
				.add(UserErrorCode.CONFLICT,
						"This has been changed since that version. Load the current version, and try again.");
		}
		return errors;
	}

}
