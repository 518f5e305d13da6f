package dev.belfry.bell.feeds;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.belfry.database.connections.Epoch;
import dev.belfry.delivery.caps.CapWarning;
import dev.belfry.ids.Installation;
import dev.belfry.jobs.history.JobLog;
import dev.belfry.jobs.log.JobsRecorded;
import dev.belfry.jobs.log.LogFloorMoved;
import dev.belfry.jobs.log.LogPoll;
import dev.belfry.jobs.log.LogPoll.Ends;
import dev.belfry.jobs.log.LogPoll.Marker;
import dev.belfry.jobs.marks.Marks;
import dev.belfry.jobs.marks.Marks.Marked;
import dev.belfry.jobs.marks.MarksChanged;
import dev.belfry.log.hints.Hint;
import dev.belfry.log.hints.HintReceived;
import dev.belfry.log.hints.Hints;
import dev.belfry.log.retention.LogShortened;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The feeds of the accounts that someone on this node listens to. What happens in any
 * other account costs a look into a map.
 */
@Component
public class AccountFeeds {

	private static final Logger log = LoggerFactory.getLogger(AccountFeeds.class);

	/**
	 * Looks back over the longest time that a mark can take from its clock reading to its
	 * commit.
	 */
	private static final int LOOK_BACK_SECONDS = 10;

	private static final int AT_ONCE = 4;

	private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

	private final Map<Followed, Open> feeds = new ConcurrentHashMap<>();

	private final JobLog jobs;

	private final Marks marks;

	private final RingBudget budget;

	private final Hints hints;

	private final LogPoll poll;

	private final ApplicationEventPublisher events;

	private final Installation installation;

	/**
	 * When the last poll began that succeeded, by the database's clock, which marks are
	 * dated by; null if nobody listened meanwhile.
	 */
	private volatile @Nullable Instant polledAt;

	AccountFeeds(JobLog jobs, Marks marks, RingBudget budget, Hints hints, LogPoll poll,
			ApplicationEventPublisher events, Installation installation, MeterRegistry metrics) {
		this.jobs = jobs;
		this.marks = marks;
		this.budget = budget;
		this.hints = hints;
		this.poll = poll;
		this.events = events;
		this.installation = installation;
		metrics.gaugeMapSize("belfry.live.accounts", List.of(), this.feeds);
	}

	/** Listens to an account for as long as the result is subscribed to. */
	<T> Flux<T> listen(AccountId account, Function<AccountFeed, Flux<T>> reader) {
		return listenTo(account, (open) -> reader.apply(open.feed));
	}

	/** As {@link #listen}, with the marks of a user at hand. */
	<T> Flux<T> listen(AccountId account, long userId, Function<AccountFeed, Flux<T>> reader) {
		return listenTo(account,
				(open) -> Flux.using(() -> openBell(account, userId, open),
						(bell) -> bell.marks.thenMany(Flux.defer(() -> reader.apply(open.feed))),
						(bell) -> closeBell(userId, open)));
	}

	private <T> Flux<T> listenTo(AccountId account, Function<Open, Flux<T>> reader) {
		return Flux.defer(() -> {
			Followed log = now(account);
			return Flux.using(() -> open(log),
					(open) -> open.feed.ready().thenMany(Flux.defer(() -> reader.apply(open))), (open) -> close(log));
		});
	}

	/** The log of an account as it is at present. */
	private Followed now(AccountId account) {
		return new Followed(this.installation.epoch(), account);
	}

	private Open open(Followed log) {
		return Objects.requireNonNull(this.feeds.compute(log, (id, known) -> {
			Open open = (known != null) ? known : new Open(
					new AccountFeed(log.account(), this.jobs, this.budget, () -> shortened(log), () -> lost(log)));
			open.readers++;
			return open;
		}));
	}

	private void shortened(Followed log) {
		this.events.publishEvent(new LogShortened(log.account()));
	}

	/** The database has less of a log than this node knows. */
	private void lost(Followed log) {
		this.installation.lost(log.epoch());
	}

	private void close(Followed log) {
		this.feeds.computeIfPresent(log, (id, open) -> {
			open.readers--;
			if (open.readers > 0) {
				return open;
			}
			open.feed.close();
			return null;
		});
	}

	private OpenBell openBell(AccountId account, long userId, Open open) {
		return Objects.requireNonNull(open.users.compute(userId, (id, known) -> {
			OpenBell bell = (known != null) ? known : new OpenBell(marks(account, id, open.feed));
			bell.readers++;
			return bell;
		}));
	}

	/** Read at the first request; later changes arrive as hints. */
	private Mono<Marked> marks(AccountId account, long userId, AccountFeed feed) {
		return this.marks.of(account, userId)
			.doOnNext((marked) -> feed.marked(userId, marked))
			.cache((marked) -> FOREVER, (problem) -> Duration.ZERO, () -> Duration.ZERO);
	}

	/** Of the account as it was opened: by now the map may hold another one, or none. */
	private void closeBell(long userId, Open open) {
		open.users.computeIfPresent(userId, (id, bell) -> {
			if (--bell.readers > 0) {
				return bell;
			}
			open.feed.forgetMarks(id);
			return null;
		});
	}

	@EventListener
	void on(JobsRecorded recorded) {
		long end = recorded.entries().get(recorded.entries().size() - 1).position();
		this.hints.send(new Hint(Hint.Kind.LOG, recorded.account(), end));
		Open open = this.feeds.get(new Followed(recorded.epoch(), recorded.account()));
		if (open != null) {
			open.feed.recorded(recorded.entries());
		}
	}

	@EventListener
	void on(MarksChanged marked) {
		this.hints.send(new Hint(Hint.Kind.MARK, marked.account(), marked.userId()));
		Open open = this.feeds.get(new Followed(marked.epoch(), marked.account()));
		if (open != null && open.users.containsKey(marked.userId())) {
			open.feed.marked(marked.userId(), marked.marks());
		}
	}

	@EventListener
	void on(LogFloorMoved moved) {
		this.hints.send(new Hint(Hint.Kind.FLOOR, moved.account(), moved.floor()));
		refresh(moved.account());
	}

	@EventListener
	void on(HintReceived received) {
		Hint hint = received.hint();
		switch (hint.kind()) {
			case LOG -> moved(hint.account(), hint.number());
			case MARK -> marked(hint.account(), hint.number());
			case FLOOR -> refresh(hint.account());
		}
	}

	/** Looks at the logs of all accounts that someone listens to. */
	void refresh() {
		accounts().forEach(this::refresh);
	}

	/**
	 * Makes up for lost hints. One statement for all accounts that someone listens to,
	 * and one for all users.
	 */
	Mono<Void> poll() {
		if (this.feeds.isEmpty()) {
			this.polledAt = null;
			return Mono.empty();
		}
		return this.poll.now()
			.flatMap((now) -> pollLogs().thenMany(markers(now))
				.flatMap((marker) -> read(marker.account(), marker.userId()), AT_ONCE)
				.then(Mono.fromRunnable(() -> this.polledAt = now)));
	}

	private Mono<Void> pollLogs() {
		return this.poll.ends(accounts()).doOnNext(this::polled).then();
	}

	/**
	 * Whose marks may have changed since the last poll. When the clock has gone back
	 * since, that may be anybody's.
	 */
	private Flux<Marker> markers(Instant now) {
		Instant last = this.polledAt;
		return (last == null || now.isBefore(last)) ? Flux.fromStream(this::openBells)
				: this.poll.marked(last.minusSeconds(LOOK_BACK_SECONDS));
	}

	private Stream<Marker> openBells() {
		return this.feeds.entrySet()
			.stream()
			.flatMap((known) -> known.getValue().users.keySet()
				.stream()
				.map((user) -> new Marker(known.getKey().account(), user)));
	}

	/** A reader with a sparse filter sends an empty batch from time to time. */
	void beat() {
		this.feeds.values()
			.stream()
			.map((open) -> open.feed)
			.filter(AccountFeed::movedRecently)
			.forEach(AccountFeed::notifyReaders);
	}

	/** The accounts that someone on this node listens to. */
	public Set<AccountId> accounts() {
		Epoch epoch = this.installation.epoch();
		return this.feeds.keySet()
			.stream()
			.filter((log) -> log.epoch() == epoch)
			.map(Followed::account)
			.collect(Collectors.toUnmodifiableSet());
	}

	/** What the owners of an account are warned of; null for nothing. */
	public void warned(AccountId account, @Nullable CapWarning warning) {
		Open open = this.feeds.get(now(account));
		if (open != null) {
			open.feed.warned(warning);
		}
	}

	private void polled(Ends moved) {
		Open open = this.feeds.get(now(moved.account()));
		if (open != null && open.feed.head().isElsewhere(moved.position(), moved.floor())) {
			open.feed.lookSoon();
		}
		moved(moved.account(), moved.position());
	}

	private void moved(AccountId account, long position) {
		Open open = this.feeds.get(now(account));
		if (open != null) {
			open.feed.hinted(position);
		}
	}

	private void marked(AccountId account, long userId) {
		read(account, userId).subscribe(null,
				(problem) -> log.debug("Marks could not be read; the next poll tries again", problem));
	}

	/** Reads the marks of a user anew, if a bell shows them. */
	private Mono<Void> read(AccountId account, long userId) {
		Open open = this.feeds.get(now(account));
		return (open == null || !open.users.containsKey(userId)) ? Mono.empty()
				: this.marks.of(account, userId).doOnNext((marks) -> open.feed.marked(userId, marks)).then();
	}

	private void refresh(AccountId account) {
		Open open = this.feeds.get(now(account));
		if (open != null) {
			open.feed.lookSoon();
		}
	}

	/** The log of an account in an epoch. */
	private record Followed(Epoch epoch, AccountId account) {
	}

	/** A feed with how many listen to it. Counted under the map's lock. */
	private static final class Open {

		private final AccountFeed feed;

		private final Map<Long, OpenBell> users = new ConcurrentHashMap<>();

		private int readers;

		Open(AccountFeed feed) {
			this.feed = feed;
		}

	}

	/** The marks of a user with how many bells show them. */
	private static final class OpenBell {

		private final Mono<Marked> marks;

		private int readers;

		OpenBell(Mono<Marked> marks) {
			this.marks = marks;
		}

	}

}
