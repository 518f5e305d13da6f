package dev.belfry.events.intake;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

import dev.belfry.events.intake.EventIntake.Published;
import dev.belfry.log.intake.RecordStatus;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.viewer.AccountId;
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
