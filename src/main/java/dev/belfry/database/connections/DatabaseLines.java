package dev.belfry.database.connections;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * All open connections to the database. Each on which an answer is owed for too long is
 * ended here, so nobody waits for ever, whatever a statement is for: the server's own
 * limits reach nobody when it is frozen, or the line swallows what it says.
 */
@Component
public class DatabaseLines implements DisposableBean {

	static final Duration TICK = Duration.ofMillis(200);

	/** The server has given up a statement before ({@code statement_timeout}). */
	static final Duration PATIENCE = Duration.ofSeconds(11);

	/** While the database does not answer the watch. */
	private static final Duration DOUBTFUL = Duration.ofSeconds(2);

	private static final Logger log = LoggerFactory.getLogger(DatabaseLines.class);

	private final Set<DatabaseLine> open = ConcurrentHashMap.newKeySet();

	private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(DatabaseLines::thread);

	private volatile boolean away;

	DatabaseLines() {
		this.ticks.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
	}

	void opened(DatabaseLine line) {
		this.open.add(line);
	}

	void closed(DatabaseLine line) {
		this.open.remove(line);
	}

	/** Whether the database does not answer just now. Only the watch asks it then. */
	boolean isAway() {
		return this.away;
	}

	/** As the watch finds it. */
	public void away(boolean away) {
		this.away = away;
	}

	/** From now on only connections are used that are made from now on. */
	public void renew() {
		this.open.forEach(DatabaseLine::retire);
	}

	private void tick() {
		try {
			Duration most = this.away ? DOUBTFUL : PATIENCE;
			this.open.forEach((line) -> line.tick(most));
		}
		catch (RuntimeException fault) {
			log.error("Connections could not be checked; the next tick tries again", fault);
		}
	}

	@Override
	public void destroy() {
		this.ticks.shutdownNow();
	}

	private static Thread thread(Runnable work) {
		Thread thread = new Thread(work, "database-lines");
		thread.setDaemon(true);
		return thread;
	}

}
