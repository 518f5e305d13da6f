package dev.belfry.live.broadcast;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.ExecutionResultImpl;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlInterceptor;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.database.connections.Epoch;
import dev.belfry.graphql.answers.Answers;
import dev.belfry.graphql.execution.Position;
import dev.belfry.graphql.execution.Progress;
import dev.belfry.loops.TestLoops;
import dev.belfry.quotas.TestQuotas;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listeners that come, go, slow down and come again at random, while a log grows: each
 * hears everything after its beginning once and in order (promises 7, 8 and 12).
 */
class BroadcastScheduleTests {

	private static final Pattern BATCH = Pattern.compile(".*\\[(\\d+),(\\d+)].*");

	private static final Viewer VIEWER = new Viewer(null, null, Set.of(), Instant.MAX, new Epoch(1));

	private static final EventLoopGroup LOOPS = new MultiThreadIoEventLoopGroup(3, NioIoHandler.newFactory());

	private final Log log = new Log();

	private final MeterRegistry metrics = new SimpleMeterRegistry();

	private final Broadcasts broadcasts = new Broadcasts(this.log,
			new Answers(new JsonMapper(), DataSize.ofMegabytes(1)), TestQuotas.none(), this.metrics,
			TestLoops.create());

	private final List<TestListener> listeners = new ArrayList<>();

	private Random random;

	@AfterAll
	static void stopLoops() {
		LOOPS.shutdownGracefully(0, 0, TimeUnit.SECONDS);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void tellsEachListenerEverythingOnceAndInOrder(long seed) {
		this.random = new Random(seed);
		for (int i = 0; i < 3_000; i++) {
			step();
		}
		this.listeners.forEach(TestListener::takeAgain);
		this.log.append(1);

		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			for (TestListener listener : this.listeners) {
				assertThat(listener.position).isEqualTo(this.log.end.get());
			}
		});
		assertThat(this.listeners).extracting((listener) -> listener.problem).containsOnlyNulls();
		assertThat(this.log.running).hasValueLessThan(5);

		List.copyOf(this.listeners).forEach(TestListener::end);
		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			assertThat(this.log.running).hasValue(0);
			assertThat(this.metrics.get("belfry.live.broadcasts").gauge().value()).isZero();
		});
	}

	private void step() {
		switch (this.random.nextInt(12)) {
			case 0, 1, 2, 3 -> this.log.append(1 + this.random.nextInt(3));
			case 4 -> this.log.append(this.random.nextInt(40));
			case 5, 6 -> listen();
			case 7 -> anyone().end();
			case 8 -> anyone().takeNoMore();
			case 9, 10 -> anyone().takeAgain();
			default -> failSometimes();
		}
		if (this.random.nextInt(50) == 0) {
			letTheLoopsWork();
		}
	}

	private void failSometimes() {
		if (this.random.nextInt(50) == 0) {
			anyone().fail();
		}
	}

	private void listen() {
		long end = this.log.end.get();
		Long since = switch (this.random.nextInt(4)) {
			case 0 -> null;
			case 1 -> end;
			case 2 -> Math.max(0, end - this.random.nextInt(8));
			default -> Math.max(0, end - this.random.nextInt(300));
		};
		TestListener listener = new TestListener(LOOPS.next(), since, end);
		this.listeners.add(listener);
		listener.start();
	}

	private TestListener anyone() {
		if (this.listeners.isEmpty()) {
			listen();
		}
		return this.listeners.get(this.random.nextInt(this.listeners.size()));
	}

	/** Lets what has begun be done, so that listeners meet at the end of the log. */
	private static void letTheLoopsWork() {
		LOOPS.forEach((loop) -> loop.submit(() -> {
		}).syncUninterruptibly());
	}

	/** A client with a network that does not always take more. */
	private final class TestListener extends Listener {

		private final EventExecutor loop;

		private final Long since;

		/** Where the log ended when it came, which is the earliest "now" for it. */
		private final long from;

		private volatile long position = -1;

		private volatile String problem;

		private volatile boolean ended;

		private boolean takes = true;

		private boolean fails;

		TestListener(EventExecutor loop, Long since, long from) {
			super(StreamPosition.first((since != null) ? since.toString() : null));
			this.loop = loop;
			this.since = since;
			this.from = from;
		}

		void start() {
			LiveSubscription subscription = new LiveSubscription("log", null, Map.of(),
					new Subscriptions.Traits(true, "since"));
			this.loop.execute(() -> BroadcastScheduleTests.this.broadcasts.join(subscription.key(VIEWER), this));
		}

		void end() {
			BroadcastScheduleTests.this.listeners.remove(this);
			this.loop.execute(() -> {
				this.ended = true;
				leave();
			});
		}

		/** It cannot be told any more, and must not keep others from being told. */
		void fail() {
			BroadcastScheduleTests.this.listeners.remove(this);
			this.loop.execute(() -> this.fails = true);
			takeAgain();
		}

		void takeNoMore() {
			this.loop.execute(() -> this.takes = false);
		}

		void takeAgain() {
			this.loop.execute(() -> {
				this.takes = true;
				resume();
			});
		}

		@Override
		protected EventExecutor loop() {
			return this.loop;
		}

		@Override
		protected Viewer viewer() {
			return VIEWER;
		}

		@Override
		protected void cut() {
			this.problem = "cut";
		}

		@Override
		protected boolean isWritable() {
			return this.takes;
		}

		@Override
		protected void send(LiveEvent event) {
			if (this.fails) {
				throw new OutOfMemoryError("A test says so");
			}
			Matcher batch = BATCH.matcher(new String(event.payload(), StandardCharsets.UTF_8));
			assertThat(batch.matches()).isTrue();
			long start = Long.parseLong(batch.group(1));
			boolean follows = (this.position >= 0) ? start == this.position
					: (this.since != null) ? start == this.since : start >= this.from;
			if (!follows || this.ended || event.kind() != LiveEvent.Kind.NEXT) {
				this.problem = this.since + ", " + this.from + ": at " + this.position + " came "
						+ new String(event.payload()) + this.ended;
			}
			this.position = Long.parseLong(batch.group(2));
		}

	}

	/** A log of numbers, and the execution of a subscription to it. */
	private static final class Log implements WebGraphQlHandler {

		private static final int MOST = 7;

		private final AtomicLong end = new AtomicLong();

		private final AtomicInteger running = new AtomicInteger();

		private final Sinks.Many<Long> news = Sinks.many().replay().latestOrDefault(0L);

		void append(int entries) {
			this.news.emitNext(this.end.addAndGet(entries), Sinks.EmitFailureHandler.FAIL_FAST);
		}

		@Override
		public Mono<WebGraphQlResponse> handleRequest(WebGraphQlRequest request) {
			return Mono.deferContextual((context) -> {
				Progress progress = context.get(Progress.class);
				long start = (progress.since() != null) ? Long.parseLong(progress.since()) : this.end.get();
				ExecutionInput input = ExecutionInput.newExecutionInput("log").build();
				return Mono.just(new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(input,
						new ExecutionResultImpl(stream(progress, start), List.of()))));
			});
		}

		private Flux<ExecutionResult> stream(Progress progress, long start) {
			AtomicLong position = new AtomicLong(start);
			AtomicInteger batches = new AtomicInteger(progress.isFirst() ? 0 : 1);
			return this.news.asFlux()
				.onBackpressureLatest()
				.publishOn(Schedulers.parallel(), 1)
				.concatMap((head) -> (batches.get() > 0 && position.get() >= this.end.get()) ? Mono.empty()
						: Mono.fromSupplier(() -> batch(progress, position, batches))
							.repeat(() -> position.get() < this.end.get()),
						1)
				.doOnSubscribe((subscription) -> this.running.incrementAndGet())
				.doFinally((signal) -> this.running.decrementAndGet());
		}

		private ExecutionResult batch(Progress progress, AtomicLong position, AtomicInteger batches) {
			long start = position.get();
			long to = Math.min(start + MOST, this.end.get());
			position.set(to);
			batches.incrementAndGet();
			progress.moveTo(Position.at(Long.toString(to), to < this.end.get()));
			return new ExecutionResultImpl(List.of(start, to), List.of());
		}

		@Override
		public WebSocketGraphQlInterceptor getWebSocketInterceptor() {
			throw new UnsupportedOperationException();
		}

		@Override
		public ContextSnapshotFactory contextSnapshotFactory() {
			throw new UnsupportedOperationException();
		}

	}

}
