package dev.belfry.store;

import java.util.function.Function;

import tools.jackson.databind.json.JsonMapper;

import reactor.core.publisher.Mono;

/**
 * How the answer of a call is kept for when the call is repeated, and what it is about is
 * gone.
 *
 * @param <T> the answer
 * @param <K> what is kept of it
 * @param type a record or a number
 * @param again gives the answer by what is kept of it
 */
public record Memory<T, K>(Class<K> type, Function<T, K> kept, Function<K, Mono<T>> again) {

	private static final JsonMapper JSON = new JsonMapper();

	/** An answer that is kept as it is. */
	public static <T> Memory<T, T> of(Class<T> type) {
		return new Memory<>(type, Function.identity(), Mono::just);
	}

	byte[] write(T answer) {
		return JSON.writeValueAsBytes(this.kept.apply(answer));
	}

	Mono<T> read(byte[] json) {
		return this.again.apply(JSON.readValue(json, this.type));
	}

}
