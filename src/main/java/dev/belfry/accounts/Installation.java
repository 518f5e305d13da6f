package dev.belfry.accounts;

import java.security.SecureRandom;
import java.time.Duration;

import io.r2dbc.spi.Readable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;

import dev.belfry.platform.Failures;
import reactor.util.retry.Retry;

/**
 * What all nodes on one database share: the key that seals ids and cursors, and the epoch
 * of the logs. The epoch is renewed at the first start on a database that has been
 * restored or promoted (its system identifier or timeline differs), since positions may
 * then name other entries than before.
 */
@Component
@DependsOnDatabaseInitialization
public class Installation {

	private static final Logger log = LoggerFactory.getLogger(Installation.class);

	private static final Query<Installation.Row> CLAIM = Query.of(
			"""
					insert into installation as i (id_key, epoch, system_identifier, timeline)
					select $1, 1, s.system_identifier, c.timeline_id from pg_control_system() s, pg_control_checkpoint() c
					on conflict (only_row) do update
					set epoch = i.epoch + case when (i.system_identifier, i.timeline) = (excluded.system_identifier, excluded.timeline) then 0 else 1 end,
					    system_identifier = excluded.system_identifier, timeline = excluded.timeline
					returning id_key, epoch""",
			Row::of);

	private final byte[] key;

	private final int epoch;

	Installation(SystemDatabase database) {
		byte[] fresh = new byte[32];
		new SecureRandom().nextBytes(fresh);
		Row row = database.one(CLAIM, java.nio.ByteBuffer.wrap(fresh))
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofSeconds(1)).filter(Failures::isUnavailable))
			.blockOptional(Duration.ofSeconds(30))
			.orElseThrow();
		this.key = row.key();
		this.epoch = row.epoch();
		log.debug("The logs are in epoch {}", this.epoch);
	}

	byte[] key() {
		return this.key;
	}

	public int epoch() {
		return this.epoch;
	}

	private record Row(byte[] key, int epoch) {

		static Row of(Readable row) {
			java.nio.ByteBuffer buffer = Rows.get(row, "id_key", java.nio.ByteBuffer.class);
			byte[] key = new byte[buffer.remaining()];
			buffer.get(key);
			return new Row(key, Rows.get(row, "epoch", Integer.class));
		}

	}

}
