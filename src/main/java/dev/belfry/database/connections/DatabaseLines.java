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

	/** The server has given up a statement before ({@code statement_timeout}). */
	static final Duration PATIENCE = Duration.ofSeconds(11);

	/** While the database does not answer the watch. */
	private static final Duration DOUBTFUL = Duration.ofSeconds(2);

	private final Set<DatabaseLine> open = ConcurrentHashMap.newKeySet();

	private final Loop ticks;

	private volatile boolean away;

	DatabaseLines(Loops loops) {
		this.ticks = loops.make(LoopPlan
			.every(TICK, "limits of connections",
					"Nobody ends connections to the database that owe an answer for too long")
			.forRequests(), () -> Mono.fromRunnable(this::tick));
		this.ticks.start();
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
		Duration most = this.away ? DOUBTFUL : PATIENCE;
		this.open.forEach((line) -> line.tick(most));
	}

	@Override
	public void destroy() {
		this.ticks.stop();
	}

}
