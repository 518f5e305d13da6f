package dev.belfry.shutdown;

import java.time.Duration;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.belfry.live.socket.GraphQlOverWebSocket;

/**
 * How a node that stops takes leave by HTTP. It has said that it is not ready; for a
 * while it answers all the same, and each answer is the last on its connection. Then it
 * closes what owes no answer, waits for what does, and reads nothing from who comes
 * before the port is closed.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ShutdownSettings.class)
class Farewell {

	private static final Logger log = LoggerFactory.getLogger(Farewell.class);

	/** Before all that answers or is asked. */
	private static final int FIRST = Integer.MAX_VALUE;

	private static final int BEFORE_PORT_CLOSES = GraphQlOverWebSocket.BEFORE_WEB_SERVER;

	@Bean
	SmartLifecycle delay(HttpConnections connections, ShutdownSettings settings) {
		return new AtStop(FIRST, connections::begin, (done) -> {
			connections.leave();
			pause(settings.delay());
			done.run();
		});
	}

	@Bean
	SmartLifecycle lastAnswers(HttpConnections connections) {
		return new AtStop(BEFORE_PORT_CLOSES, connections::begin,
				(done) -> connections.end().subscribe(null, null, done));
	}

	/** On the thread that stops the node; a phase may be shorter. */
	private static void pause(Duration delay) {
		if (!delay.isZero()) {
			log.info("Stopping: not ready any more, and answering for another {} s", delay.toSeconds());
		}
		try {
			Thread.sleep(delay.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Does something when the node stops, in its phase, and lets that go at a start. */
	private static final class AtStop implements SmartLifecycle {

		private final int phase;

		private final Runnable begin;

		private final Consumer<Runnable> work;

		private volatile boolean running;

		AtStop(int phase, Runnable begin, Consumer<Runnable> work) {
			this.phase = phase;
			this.begin = begin;
			this.work = work;
		}

		@Override
		public void start() {
			this.begin.run();
			this.running = true;
		}

		@Override
		public void stop() {
			stop(() -> {
			});
		}

		@Override
		public void stop(Runnable callback) {
			this.running = false;
			this.work.accept(callback);
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return this.phase;
		}

	}

}
