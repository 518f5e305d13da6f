package dev.belfry.database.connections;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

import dev.belfry.loops.Loop;
import dev.belfry.loops.LoopPlan;
import dev.belfry.loops.Loops;
import reactor.core.publisher.Mono;

/**
 * All open connections to the database. Each on which an answer is owed for too long is
 * ended here, so nobody waits for ever, whatever a statement is for: the server's own
 * limits reach nobody when it is frozen, or the line swallows what it says.
 */
@Component
public class DatabaseLines implements DisposableBean {

	static final Duration TICK = Duration.ofMillis(200);

	/** The server has given up a statement so long before. */
	private static final Duration MARGIN = Duration.ofSeconds(1);

	/** While the database does not answer the watch. */
	private static final Duration DOUBTFUL = Duration.ofSeconds(2);

	private final Set<DatabaseLine> open = ConcurrentHashMap.newKeySet();

	private final Loop ticks;

	private final Duration patience;

	private volatile boolean away;

	DatabaseLines(Loops loops, DatabaseSettings settings) {
		this.patience = settings.statementTimeout().plus(MARGIN);
		this.ticks = loops.make(LoopPlan
			.every(TICK, "limits of connections",
					"Nobody ends connections to the database that owe an answer for too long")
			.forRequests(), () -> Mono.fromRunnable(this::tick));
		this.ticks.start();
	}

	/** How long a connection may owe an answer. */
	Duration patience() {
		return this.patience;
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
		Duration most = this.away ? DOUBTFUL : this.patience;
		this.open.forEach((line) -> line.tick(most));
	}

	@Override
	public void destroy() {
		this.ticks.stop();
	}

}
