package dev.belfry.database.connections;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The present epoch, as the newest connection has told it: each is asked, before anyone
 * has it, what history of the database it leads to.
 */
@Component
public class Epochs {

	private static final Logger log = LoggerFactory.getLogger(Epochs.class);

	private static final String KNOW = "select id_key, epoch from know_installation()";

	private final DatabaseLines lines;

	private final ApplicationEventPublisher events;

	private volatile @Nullable Known known;

	Epochs(DatabaseLines lines, ApplicationEventPublisher events) {
		this.lines = lines;
		this.events = events;
	}

	/** The key that all nodes on the database share, once there was a connection. */
	public byte[] key() {
		return known().key().clone();
	}

	public Epoch current() {
		return known().epoch();
	}

	private Known known() {
		return Objects.requireNonNull(this.known, "No connection yet");
	}

	/** Asks a connection that nobody has had yet. Fails if it must not be used. */
	public Mono<Void> look(LimitedConnection connection) {
		return Flux.from(connection.createStatement(KNOW).execute())
			.flatMap((result) -> result.map(Known::of))
			.single()
			.doOnNext(this::seen)
			.then();
	}

	/** An epoch begins that has this number, unless it has begun already. */
	public void begin(int number) {
		seen(new Known(known().key(), new Epoch(number)));
	}

	private void seen(Known seen) {
		Epoch before = change(seen);
		if (before != null) {
			log.warn("The database has been replaced, by a failover or a restore: earlier cursors are refused, "
					+ "and live connections reconnect");
			before.announceEnd();
			this.events.publishEvent(new EpochEnded(before));
		}
	}

	/**
	 * Answers the epoch that is over by that, if one is. Before another is known, nobody
	 * is given a connection of it any more.
	 */
	private synchronized @Nullable Epoch change(Known seen) {
		Known before = this.known;
		if (before == null) {
			this.known = seen;
			return null;
		}
		if (!Arrays.equals(before.key(), seen.key())) {
			throw new R2dbcNonTransientResourceException(
					"This is the database of another installation of Belfry. Restart the node if that is intended.");
		}
		if (before.epoch().number() == seen.epoch().number()) {
			return null;
		}
		before.epoch().close();
		this.lines.renew();
		this.known = seen;
		return before.epoch();
	}

	private record Known(byte[] key, Epoch epoch) {

		static Known of(Readable row) {
			ByteBuffer buffer = Objects.requireNonNull(row.get("id_key", ByteBuffer.class));
			byte[] key = new byte[buffer.remaining()];
			buffer.get(key);
			return new Known(key, new Epoch(Objects.requireNonNull(row.get("epoch", Integer.class))));
		}

	}

}
