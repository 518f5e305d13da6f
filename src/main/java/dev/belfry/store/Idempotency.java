package dev.belfry.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonInclude.Value;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.client.json.GraphQlJacksonModule;
import org.springframework.stereotype.Component;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.addresses.EmailAddress;
import dev.belfry.input.TextProblem;
import dev.belfry.input.UserErrorCode;
import dev.belfry.input.UserErrors;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/**
 * Lets a mutation with an idempotency key be repeated: its effect happens once. The key
 * is kept in the transaction of the effect, for a day at least, so of a call that was
 * refused nothing is kept.
 */
@Component
public class Idempotency {

	/** In the place of an account, for what the platform does to no single one. */
	public static final AccountId PLATFORM = new AccountId(0);

	private static final int LONGEST_KEY = 255;

	/** A document and the variable within it can be deep, each as deep as is allowed. */
	private static final int DEEPEST = 1_000;

	/** What is null says the same as what is absent, but for an argument value. */
	private static final JsonMapper INPUTS = JsonMapper
		.builder(JsonFactory.builder()
			.streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build())
			.build())
		.addModule(new GraphQlJacksonModule())
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.changeDefaultPropertyInclusion((all) -> all.withValueInclusion(Include.NON_ABSENT))
		.withConfigOverride(Map.class, (maps) -> maps.setInclude(Value.construct(Include.NON_ABSENT, Include.NON_NULL)))
		.build();

	/**
	 * Waits for concurrent calls with the same key, and then sees their inputs. In one
	 * order, so that two that claim the same do not wait for each other.
	 */
	private static final Query<Claim> CLAIM = Query.of("""
			insert into idempotency_key as k (account_id, operation, key, input_hash)
			select $1, c.operation, $2, c.input_hash from unnest($3::text[], $4::text[]) c (operation, input_hash)
			order by c.operation
			on conflict (account_id, operation, key) do update set key = k.key
			returning operation, input_hash, xmax = 0 as fresh""", Claim::of);

	private static final String KEEP = """
			update idempotency_key set answer = $4 where account_id = $1 and operation = $2 and key = $3""";

	private static final Query<byte[]> ANSWER = Query.of("""
			select answer from idempotency_key
			where account_id = $1 and operation = $2 and key = $3 and answer is not null""",
			(row) -> Rows.get(row, "answer", Json.class).asArray());

	/** An address can stand within a text; as JSON has it there. */
	private static final String FORGET_ADDRESS = """
			update idempotency_key k set answer = null
			where k.account_id = $1 and exists (
			  select from unnest($2) a (address)
			  where strpos(lower(k.answer::text), trim(both '"' from to_jsonb(lower(a.address))::text)) > 0)""";

	private final AccountDatabase database;

	private final Transactions transactions;

	Idempotency(AccountDatabase database, Transactions transactions) {
		this.database = database;
		this.transactions = transactions;
	}

	/**
	 * Runs the work in a transaction. If the call came before it runs {@code present}
	 * instead, which changes nothing and answers the present state; if its key came
	 * before with another input it fails with {@link UserErrors}, as it does for a bad
	 * key.
	 */
	public <T> Mono<T> once(Call call, Mono<T> work, Mono<T> present) {
		if (call.key() == null) {
			return this.transactions.run(work);
		}
		return this.transactions
			.run(claim(call.account(), call.key(), List.of(call)).flatMap((done) -> done.isEmpty() ? work : present));
	}

	/**
	 * Likewise, and answers what the first call answered if there is no present state any
	 * more.
	 */
	public <T, K> Mono<T> once(Call call, Mono<T> work, Mono<T> present, Memory<T, K> memory) {
		String key = call.key();
		if (key == null) {
			return this.transactions.run(work);
		}
		AccountId account = call.account();
		return once(call, work.delayUntil(
				(answer) -> this.database.update(account, KEEP, call.operation(), key, Json.of(memory.write(answer)))),
				present.switchIfEmpty(this.database.one(account, ANSWER, call.operation(), key).flatMap(memory::read)));
	}

	/**
	 * Runs the work in a transaction for those items of a batch that did not come before
	 * with the key. An item that was refused has not come, so it can be mended.
	 * @param items the calls that the items are, each with the same key
	 * @param work is given those of the calls that came before
	 */
	public <T> Mono<T> onceEach(List<Call> items, Function<Set<Call>, Mono<T>> work) {
		Call any = items.get(0);
		String key = any.key();
		if (key == null) {
			return this.transactions.run(Mono.defer(() -> work.apply(Set.of())));
		}
		return this.transactions.run(claim(any.account(), key, items).flatMap(work));
	}

	/** Answers those of the calls that came before. */
	private Mono<Set<Call>> claim(AccountId account, String key, List<Call> calls) {
		TextProblem problem = TextProblem.of(key, LONGEST_KEY);
		if (problem != null) {
			return Mono.error(() -> UserErrors.at(problem.code(), problem.message(), "idempotencyKey"));
		}
		Map<String, Call> byOperation = calls.stream().collect(Collectors.toMap(Call::operation, Function.identity()));
		return this.database
			.all(account, CLAIM, key, Param.texts(calls, Call::operation), Param.texts(calls, Call::inputHash))
			.filter((claim) -> !claim.fresh())
			.map((claim) -> claim.sameAs(Objects.requireNonNull(byOperation.get(claim.operation()))))
			.collect(Collectors.toSet());
	}

	/** Forgets an address in what is kept of answers, in the caller's transaction. */
	public Mono<Void> forget(AccountId account, String address) {
		return this.database.update(account, FORGET_ADDRESS, Param.texts(EmailAddress.spellings(address))).then();
	}

	/**
	 * A hash of the parts of an input, of which each is told from the others and null
	 * from a text.
	 */
	public static String hash(@Nullable Object... parts) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest(parts), 18));
	}

	/** All 32 bytes of such a hash, for whom it has to be written in another form. */
	public static byte[] digest(@Nullable Object... parts) {
		StringBuilder text = new StringBuilder();
		for (Object part : parts) {
			String written = Objects.toString(part, "");
			text.append((part != null) ? written.length() : -1).append(':').append(written);
		}
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A hash of an input, the same for two that say the same. */
	public static String hashOf(Record input) {
		return hash(INPUTS.writeValueAsString(input));
	}

	private record Claim(String operation, String inputHash, boolean fresh) {

		static Claim of(Readable row) {
			return new Claim(Rows.text(row, "operation"), Rows.text(row, "input_hash"),
					Rows.get(row, "fresh", Boolean.class));
		}

		Call sameAs(Call call) {
			if (!this.inputHash.equals(call.inputHash())) {
				throw UserErrors.at(UserErrorCode.IDEMPOTENCY_CONFLICT,
						"This key was used before with another input. The first call counts.", "idempotencyKey");
			}
			return call;
		}

	}

}
