package dev.belfry.log.intake;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.values.JsonBytes;
import dev.belfry.viewer.AccountId;
import dev.belfry.work.LargeStatements;
import reactor.core.publisher.Mono;

/**
 * A database function that logs a batch: one transaction and one round trip.
 *
 * @param <P> a prepared item
 * @param <R> what became of it
 */
public final class IntakeStatement<P, R> {

	private static final byte[] ITEM = "{\"item\":".getBytes(StandardCharsets.US_ASCII);

	private final AccountDatabase database;

	private final LargeStatements large;

	private final String sql;

	private final Function<P, byte[]> json;

	private final BiFunction<P, Readable, R> result;

	/**
	 * The call of a function.
	 * @param sql answers a row for each item, by their places in the batch, which are
	 * {@code item}
	 * @param json an item as the function takes it, a JSON object
	 * @param result what a row says of its item
	 */
	public IntakeStatement(AccountDatabase database, LargeStatements large, String sql, Function<P, byte[]> json,
			BiFunction<P, Readable, R> result) {
		this.database = database;
		this.large = large;
		this.sql = sql;
		this.json = json;
		this.result = result;
	}

	/**
	 * Logs a batch, and answers what became of its items, in their order.
	 * @param recordedAt to which the log's clock is moved, never back; null for now
	 */
	public Mono<List<R>> run(AccountId account, List<P> batch, @Nullable Instant recordedAt) {
		Query<R> rows = Query.of(this.sql,
				(row) -> this.result.apply(batch.get(Rows.get(row, "item", Integer.class)), row));
		return Mono.defer(() -> {
			JsonBytes json = json(batch, this.json);
			return this.large.run(account, json.utf8().length,
					this.database.all(account, rows, json, Param.of(recordedAt, Instant.class)).collectList());
		});
	}

	/** Put together where the account's next transaction waits for it. */
	public static <P> JsonBytes json(List<P> batch, Function<P, byte[]> item) {
		ByteArrayOutputStream json = new ByteArrayOutputStream(batch.size() * 1024);
		for (int i = 0; i < batch.size(); i++) {
			byte[] fields = item.apply(batch.get(i));
			json.write((i == 0) ? '[' : ',');
			json.writeBytes(ITEM);
			json.writeBytes(Integer.toString(i).getBytes(StandardCharsets.US_ASCII));
			json.write(',');
			json.write(fields, 1, fields.length - 1);
		}
		json.write(']');
		return new JsonBytes(json.toByteArray());
	}

}
