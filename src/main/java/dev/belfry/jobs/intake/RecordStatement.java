package dev.belfry.jobs.intake;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

import dev.belfry.jobs.intake.JobIntake.Recorded;
import dev.belfry.log.intake.RecordStatus;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/**
 * Calls the database function {@code record_job_completions}: one transaction and one
 * round trip a batch.
 */
final class RecordStatement {

	private static final Query<Row> RECORD = Query.of("""
			select item, status, position, integration_id, origin_id, recorded_at, problem_total
			from record_job_completions($1, $2, $3)""", Row::of);

	private final AccountDatabase database;

	RecordStatement(AccountDatabase database) {
		this.database = database;
	}

	/**
	 * Detached from the caller: once sent, it runs to its end, and its entries are
	 * announced.
	 */
	Mono<List<Recorded>> run(AccountId account, List<PreparedCompletion> batch, @Nullable Instant recordedAt) {
		Object clock = Param.of(recordedAt, Instant.class);
		return Mono.defer(() -> this.database.all(account, RECORD, CompletionJson.batch(batch), clock).collectList())
			.map((rows) -> results(batch, rows));
	}

	private static List<Recorded> results(List<PreparedCompletion> batch, List<Row> rows) {
		Recorded[] results = new Recorded[batch.size()];
		for (Row row : rows) {
			results[row.item()] = row.recorded(batch.get(row.item()));
		}
		return Arrays.asList(results);
	}

	private record Row(int item, String status, long position, @Nullable Long integrationId, @Nullable Long originId,
			Instant recordedAt, @Nullable Long problemTotal) {

		static Row of(Readable row) {
			return new Row(Rows.get(row, "item", Integer.class), Rows.text(row, "status"), Rows.number(row, "position"),
					row.get("integration_id", Long.class), row.get("origin_id", Long.class),
					Rows.instant(row, "recorded_at"), row.get("problem_total", Long.class));
		}

		Recorded recorded(PreparedCompletion prepared) {
			if (this.integrationId != null && this.originId != null && this.problemTotal != null) {
				return new Recorded(RecordStatus.RECORDED, this.position, prepared.entry(this.position,
						this.integrationId, this.originId, this.problemTotal, this.recordedAt));
			}
			boolean duplicate = this.status.equals("DUPLICATE");
			return duplicate ? new Recorded(RecordStatus.DUPLICATE, this.position, null)
					: new Recorded(RecordStatus.REJECTED, null, null);
		}

	}

}
