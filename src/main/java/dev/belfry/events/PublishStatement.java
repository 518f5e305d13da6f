package dev.belfry.events;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

import dev.belfry.accounts.AccountDatabase;
import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Param;
import dev.belfry.accounts.Query;
import dev.belfry.accounts.Rows;
import dev.belfry.events.EventIntake.Published;
import dev.belfry.log.RecordStatus;
import reactor.core.publisher.Mono;

/**
 * Calls the database function {@code publish_events}: one transaction and one round trip
 * a batch.
 */
final class PublishStatement {

	private static final Query<Row> PUBLISH = Query.of("select item, status, position from publish_events($1, $2, $3)",
			Row::of);

	private final AccountDatabase database;

	PublishStatement(AccountDatabase database) {
		this.database = database;
	}

	Mono<List<Published>> run(AccountId account, List<PreparedEvent> batch, @Nullable Instant recordedAt) {
		Object clock = Param.of(recordedAt, Instant.class);
		return Mono.defer(() -> this.database.all(account, PUBLISH, PreparedEvent.batch(batch), clock).collectList())
			.map((rows) -> results(batch.size(), rows));
	}

	private static List<Published> results(int size, List<Row> rows) {
		Published[] results = new Published[size];
		rows.forEach((row) -> results[row.item()] = row.published());
		return Arrays.asList(results);
	}

	private record Row(int item, String status, long position) {

		static Row of(Readable row) {
			return new Row(Rows.get(row, "item", Integer.class), Rows.text(row, "status"),
					Rows.number(row, "position"));
		}

		Published published() {
			return switch (this.status) {
				case "RECORDED" -> new Published(RecordStatus.RECORDED, this.position);
				case "DUPLICATE" -> new Published(RecordStatus.DUPLICATE, this.position);
				default -> new Published(RecordStatus.REJECTED, null);
			};
		}

	}

}
