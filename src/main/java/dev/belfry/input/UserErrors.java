package dev.belfry.input;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

/**
 * An input that the caller can correct, and of which nothing was done. A controller
 * answers the errors in its payload.
 */
public final class UserErrors extends RuntimeException {

	private final List<UserError> errors;

	public UserErrors(List<UserError> errors) {
		super(errors.isEmpty() ? "" : errors.get(0).message(), null, false, false);
		this.errors = List.copyOf(errors);
	}

	public static UserErrors at(UserErrorCode code, String message, String... field) {
		return new UserErrors(List.of(UserError.at(code, message, field)));
	}

	/** What the work makes, or the payload that says what is wrong with the input. */
	public static <P> Mono<P> answered(Mono<P> work, Function<List<UserError>, P> refused) {
		return work.onErrorResume(UserErrors.class, (refusal) -> Mono.just(refused.apply(refusal.errors)));
	}

	/**
	 * The payload of what the work makes, or else of what there is and of what is wrong
	 * with the input.
	 * @param payload takes null for what there is not
	 */
	public static <T, P> Mono<P> answered(Mono<T> work, Mono<T> current,
			BiFunction<@Nullable T, List<UserError>, P> payload) {
		return payload(work, List.of(), payload).onErrorResume(UserErrors.class,
				(refusal) -> payload(current, refusal.errors, payload));
	}

	private static <T, P> Mono<P> payload(Mono<T> shown, List<UserError> errors,
			BiFunction<@Nullable T, List<UserError>, P> payload) {
		return shown.map((value) -> payload.apply(value, errors))
			.switchIfEmpty(Mono.fromSupplier(() -> payload.apply(null, errors)));
	}

	public List<UserError> errors() {
		return this.errors;
	}

}
