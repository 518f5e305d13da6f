package dev.belfry.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.platform.TextProblem;
import dev.belfry.platform.UserErrorCode;
import dev.belfry.platform.UserErrors;
import reactor.core.publisher.Mono;

/**
 * Lets a mutation with an idempotency key be repeated: its effect happens once. The key
 * is kept in the transaction of the effect, for a day at least.
 */
@Component
public class Idempotency {

	/** In the place of an account, for what the platform does to no single one. */
	static final AccountId PLATFORM = new AccountId(0);

	private static final int LONGEST_KEY = 255;

	/** Waits for a concurrent call with the same key, and then sees its input. */
	private static final Query<Claim> CLAIM = Query.of("""
			insert into idempotency_key as k (account_id, operation, key, input_hash) values ($1, $2, $3, $4)
			on conflict (account_id, operation, key) do update set key = k.key
			returning input_hash, xmax = 0 as fresh""",
			(row) -> new Claim(Rows.text(row, "input_hash"), Rows.get(row, "fresh", Boolean.class)));

	private static final Query<Long> KEEP = Query
		.number("""
				update idempotency_key set made = $4 where account_id = $1 and operation = $2 and key = $3 returning made""");

	private static final Query<Long> MADE = Query
		.number("select made from idempotency_key where account_id = $1 and operation = $2 and key = $3");

	private final AccountDatabase database;

	private final Transactions transactions;

	Idempotency(AccountDatabase database, Transactions transactions) {
		this.database = database;
		this.transactions = transactions;
	}

	/**
	 * Runs the work in a transaction. With a key that came before with the same input it
	 * runs {@code again} instead, which changes nothing and answers the present state;
	 * with another input it fails with {@link UserErrors}, as it does for a bad key.
	 * @param inputHash what {@link #hash} makes of the input
	 */
	public <T> Mono<T> once(AccountId account, String operation, @Nullable String key, String inputHash, Mono<T> work,
			Mono<T> again) {
		if (key == null) {
			return this.transactions.run(work);
		}
		TextProblem problem = TextProblem.of(key, LONGEST_KEY);
		if (problem != null) {
			return Mono.error(() -> UserErrors.at(problem.code(), problem.message(), "idempotencyKey"));
		}
		return this.transactions.run(this.database.one(account, CLAIM, operation, key, inputHash)
			.flatMap((claim) -> claim.choose(inputHash, work, again)));
	}

	/**
	 * Likewise for work that makes something with a number: with a key that came before
	 * it answers the number of what was made then.
	 */
	public Mono<Long> once(AccountId account, String operation, @Nullable String key, String inputHash,
			Mono<Long> work) {
		if (key == null) {
			return this.transactions.run(work);
		}
		return once(account, operation, key, inputHash,
				work.flatMap((made) -> this.database.one(account, KEEP, operation, key, made)),
				this.database.one(account, MADE, operation, key));
	}

	/**
	 * A hash of the parts of an input, of which each is told from the others and null
	 * from a text.
	 */
	public static String hash(@Nullable Object... parts) {
		StringBuilder text = new StringBuilder();
		for (Object part : parts) {
			String written = Objects.toString(part, "");
			text.append((part != null) ? written.length() : -1).append(':').append(written);
		}
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256")
				.digest(text.toString().getBytes(StandardCharsets.UTF_8));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 18));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private record Claim(String inputHash, boolean fresh) {

		<T> Mono<T> choose(String given, Mono<T> work, Mono<T> again) {
			if (this.fresh) {
				return work;
			}
			return this.inputHash.equals(given) ? again
					: Mono.error(() -> UserErrors.at(UserErrorCode.IDEMPOTENCY_CONFLICT,
							"This key came before with another input. The first one stands.", "idempotencyKey"));
		}

	}

}
