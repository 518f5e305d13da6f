package dev.belfry.delivery.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import org.jspecify.annotations.Nullable;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import dev.belfry.delivery.composing.Composer;
import dev.belfry.delivery.composing.Letter;
import dev.belfry.delivery.composing.StoredEmail;
import dev.belfry.delivery.relay.AttemptOutcome.Stage;

/**
 * Sends by SMTP, one e-mail at a time on each thread. Connections are kept for the next
 * e-mail: as many as threads were sending at once, each for at most 100 e-mails and 20
 * idle seconds. That one is still alive is not asked beforehand, which would cost a round
 * trip; when a kept one does not take the next e-mail, nothing was handed over yet, and a
 * new connection is tried.
 */
final class SmtpMailer implements Mailer, AutoCloseable {

	private static final int MOST_EMAILS = 100;

	static final Duration LONGEST_IDLE = Duration.ofSeconds(20);

	private final Composer composer;

	private final Clock clock;

	private final ScheduledThreadPoolExecutor watch;

	private final SmtpRelay relay;

	/** The last one used is the first, so that those not needed grow old. */
	private final Deque<RelayConnection> idle = new ArrayDeque<>();

	private boolean closed;

	SmtpMailer(Composer composer, JavaMailSenderImpl settings, Clock clock) {
		this.composer = composer;
		this.clock = clock;
		this.watch = new ScheduledThreadPoolExecutor(2, threads());
		this.watch.setRemoveOnCancelPolicy(true);
		this.relay = new SmtpRelay(settings, this.watch);
	}

	@Override
	public AttemptOutcome send(StoredEmail email) {
		return this.composer.compose(email, this::send, AttemptOutcome::unwritten);
	}

	/** Closes the connections that have not been used for a while. */
	void closeIdle() {
		List<RelayConnection> old = new ArrayList<>();
		synchronized (this.idle) {
			while (!this.idle.isEmpty() && isOld(this.idle.getLast())) {
				old.add(this.idle.removeLast());
			}
		}
		old.forEach(RelayConnection::close);
	}

	/** Closes the connections; one that is in use is closed after its e-mail. */
	@Override
	public void close() {
		List<RelayConnection> kept;
		synchronized (this.idle) {
			this.closed = true;
			kept = new ArrayList<>(this.idle);
			this.idle.clear();
		}
		kept.forEach(RelayConnection::close);
		this.watch.shutdown();
	}

	private AttemptOutcome send(Letter letter) {
		RelayConnection kept = takeKept();
		AttemptOutcome outcome = (kept != null) ? send(kept, letter) : null;
		return (outcome == null || isUnanswered(outcome)) ? sendAnew(letter) : outcome;
	}

	private AttemptOutcome sendAnew(Letter letter) {
		RelayConnection connection = this.relay.newConnection();
		AttemptOutcome trouble = this.relay.open(connection);
		return (trouble != null) ? trouble : send(connection, letter);
	}

	private AttemptOutcome send(RelayConnection connection, Letter letter) {
		AttemptOutcome outcome = connection.send(letter);
		if (connection.isOpen() && !keep(connection)) {
			connection.close();
		}
		return outcome;
	}

	private @Nullable RelayConnection takeKept() {
		closeIdle();
		synchronized (this.idle) {
			return this.idle.pollFirst();
		}
	}

	private boolean keep(RelayConnection connection) {
		connection.idle(this.clock.instant());
		synchronized (this.idle) {
			return !this.closed && connection.count() < MOST_EMAILS && this.idle.offerFirst(connection);
		}
	}

	private boolean isOld(RelayConnection connection) {
		Instant oldest = this.clock.instant().minus(LONGEST_IDLE);
		return connection.idleSince().isBefore(oldest);
	}

	/** The relay did not even begin to take the e-mail. */
	private static boolean isUnanswered(AttemptOutcome outcome) {
		return outcome.stage() == Stage.MAIL;
	}

	private static CustomizableThreadFactory threads() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("mail-watch-");
		threads.setDaemon(true);
		return threads;
	}

}
