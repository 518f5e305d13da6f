package dev.belfry.bell.feeds;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.belfry.delivery.caps.CapWarning;
import dev.belfry.jobs.history.JobLog;
import dev.belfry.jobs.log.LogEntry;
import dev.belfry.jobs.log.LogHead;
import dev.belfry.jobs.marks.Marks.Marked;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * What this node knows of an account that someone listens to: the ends of its log, the
 * ring of its newest entries, and the marks of the users whose bells are open. Tells
 * readers that there is news, never the news itself: they pull.
 */
final class AccountFeed {

	private static final Logger log = LoggerFactory.getLogger(AccountFeed.class);

	/** A gap wider than this is not read into the ring: who needs it reads the table. */
	private static final int WIDEST_GAP = 500;

	private static final Duration RECENTLY = Duration.ofSeconds(15);

	/** Statements end before; only a look whose end is lost takes longer. */
	private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);

	private final AccountId account;

	private final JobLog jobs;

	private final Runnable lost;

	private final Ring ring;

	private final Runnable shortened;

	private final Map<Long, Marked> marks = new ConcurrentHashMap<>();

	private final Sinks.Many<LogHead> news = Sinks.many().replay().latest();

	private LogHead head = LogHead.UNKNOWN;

	private @Nullable Mono<LogHead> refreshing;

	private boolean stale;

	/** The earliest position that readers wait to find in the ring. */
	private long wanted = Long.MAX_VALUE;

	private long lookingFrom;

	private boolean closed;

	private volatile @Nullable CapWarning warning;

	private long movedAt = System.nanoTime();

	/**
	 * A feed that knows nothing yet, of one epoch.
	 * @param shortened called each time that retention has removed entries
	 * @param lost called when the database has less than was read from it before
	 */
	AccountFeed(AccountId account, JobLog jobs, RingBudget budget, Runnable shortened, Runnable lost) {
		this.account = account;
		this.jobs = jobs;
		this.lost = lost;
		this.ring = new Ring(0, budget);
		this.shortened = shortened;
	}

	/**
	 * The ends of the log: at once, then whenever something moved. A slow reader gets the
	 * newest.
	 */
	Flux<LogHead> news() {
		return this.news.asFlux().onBackpressureLatest().publishOn(Schedulers.parallel(), 1);
	}

	synchronized LogHead head() {
		return this.head;
	}

	/** The entries after a position, or null if they have to be read from the table. */
	synchronized @Nullable List<LogEntry> recent(long position, int most) {
		return this.ring.after(position, most);
	}

	/**
	 * Brings the entries after a position into the ring, if they are not too many: those
	 * who come back after an interruption are behind by about the same, and share one
	 * look at the table.
	 */
	synchronized Mono<LogHead> reach(long position) {
		boolean worthIt = position >= this.head.floor() && this.head.position() - position <= WIDEST_GAP;
		if (!worthIt || this.ring.reaches(position)) {
			return Mono.just(this.head);
		}
		this.wanted = Math.min(this.wanted, position);
		return refresh();
	}

	/** Entries that this node has committed. */
	void recorded(List<LogEntry> entries) {
		if (!append(entries)) {
			lookSoon();
		}
	}

	private synchronized boolean append(List<LogEntry> entries) {
		long end = this.ring.end();
		List<LogEntry> fresh = entries.stream().filter((entry) -> entry.position() > end).toList();
		if (this.refreshing != null || this.head == LogHead.UNKNOWN
				|| (!fresh.isEmpty() && fresh.get(0).position() != end + 1)) {
			return false;
		}
		if (!fresh.isEmpty() && !this.closed) {
			fresh.forEach(this.ring::add);
			LogEntry last = fresh.get(fresh.size() - 1);
			moveTo(new LogHead(last.position(), last.notification().problemTotal(), this.head.floor(),
					this.head.floorProblemTotal()));
		}
		return true;
	}

	/** Looks at the table, if a position is news. */
	void hinted(long position) {
		if (position > head().position()) {
			lookSoon();
		}
	}

	/**
	 * The ends of the log as this node knows them; read from the table by the first who
	 * asks.
	 */
	synchronized Mono<LogHead> ready() {
		return (this.head != LogHead.UNKNOWN) ? Mono.just(this.head) : refresh();
	}

	/** As {@link #refresh()}, and nobody waits for it. */
	void lookSoon() {
		refresh().subscribe(null, (problem) -> {
			// Was noted, and the next poll tries again.
		});
	}

	/** Looks at the table. Who asks meanwhile shares the look that follows. */
	synchronized Mono<LogHead> refresh() {
		if (this.refreshing != null) {
			this.stale = true;
			return this.refreshing;
		}
		Mono<LogHead> look = Mono.defer(this::look).cache();
		this.refreshing = look;
		return look;
	}

	private Mono<LogHead> look() {
		return Mono.defer(() -> this.jobs.tail(this.account, lookFrom(), WIDEST_GAP))
			.timeout(LONGEST_LOOK)
			.map(this::looked)
			.repeat(this::looksAgain)
			.last()
			.doOnError((problem) -> failed(problem));
	}

	private synchronized long lookFrom() {
		this.stale = false;
		this.lookingFrom = this.ring.reaches(this.wanted) ? this.ring.end() : this.wanted;
		this.wanted = Long.MAX_VALUE;
		return this.lookingFrom;
	}

	private synchronized LogHead looked(JobLog.Tail tail) {
		if (this.closed) {
			return tail.head();
		}
		if (tail.head().position() < this.head.position()) {
			this.lost.run();
			return this.head;
		}
		if (!this.ring.reaches(this.lookingFrom)) {
			this.ring.restart(Math.max(this.lookingFrom, tail.head().floor()));
		}
		for (LogEntry entry : tail.entries()) {
			if (entry.position() == this.ring.end() + 1) {
				this.ring.add(entry);
			}
		}
		if (this.ring.end() < tail.head().position()) {
			this.ring.restart(tail.head().position());
		}
		moveTo(this.head.or(tail.head()));
		return this.head;
	}

	private synchronized boolean looksAgain() {
		if (!this.stale) {
			this.refreshing = null;
		}
		return this.stale;
	}

	private synchronized void failed(Throwable problem) {
		this.refreshing = null;
		log.debug("The log of an account could not be read; the next poll tries again", problem);
	}

	private void moveTo(LogHead head) {
		if (!head.equals(this.head)) {
			this.movedAt = System.nanoTime();
		}
		if (head.floor() > this.head.floor()) {
			this.ring.removeThrough(head.floor());
			// Not here: listeners take locks of their own.
			Schedulers.parallel().schedule(this.shortened);
		}
		this.head = head;
		notifyReaders();
	}

	/**
	 * Lets readers look up again: something moved, or moved a while ago and they may have
	 * sent nothing.
	 */
	synchronized void notifyReaders() {
		if (!this.closed && this.head != LogHead.UNKNOWN) {
			this.news.tryEmitNext(this.head);
		}
	}

	synchronized boolean movedRecently() {
		return System.nanoTime() - this.movedAt < RECENTLY.toNanos();
	}

	/** The marks of a user whose bell is open here, or null. */
	@Nullable Marked marks(long userId) {
		return this.marks.get(userId);
	}

	/** Marks as they were at some moment; older ones than known are passed over. */
	void marked(long userId, Marked marks) {
		this.marks.merge(userId, marks, (known, fresh) -> (fresh.version() > known.version()) ? fresh : known);
		hinted(marks.head().position());
		notifyReaders();
	}

	/** What the owners of the account are warned of, as last seen; null for nothing. */
	@Nullable CapWarning warning() {
		return this.warning;
	}

	void warned(@Nullable CapWarning warning) {
		if (!Objects.equals(this.warning, warning)) {
			this.warning = warning;
			notifyReaders();
		}
	}

	void forgetMarks(long userId) {
		this.marks.remove(userId);
	}

	/** Frees the ring. Nobody listens any more. */
	synchronized void close() {
		this.closed = true;
		this.ring.restart(this.head.position());
		this.news.tryEmitComplete();
	}

}
