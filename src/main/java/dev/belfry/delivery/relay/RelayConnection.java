package dev.belfry.delivery.relay;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Instant;

import javax.net.ssl.SSLException;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.belfry.delivery.composing.Letter;
import dev.belfry.delivery.relay.AttemptOutcome.Stage;
import dev.belfry.delivery.relay.AttemptOutcome.Verdict;

/**
 * A connection to the relay. It follows the conversation itself, command by command,
 * since the exceptions of Jakarta Mail do not tell at which it failed.
 */
final class RelayConnection extends SMTPTransport {

	private static final Logger log = LoggerFactory.getLogger(RelayConnection.class);

	private Stage stage = Stage.CONNECT;

	private int code;

	private String words = "";

	/** Whether the answer to come is to a command that is of no stage. */
	private boolean aside;

	private boolean open;

	private int count;

	private Instant idleSince = Instant.MIN;

	RelayConnection(Session session, URLName relay) {
		super(session, relay, relay.getProtocol(), relay.getProtocol().equals("smtps"));
	}

	/** Null when the relay is ready for e-mails. */
	@Nullable AttemptOutcome open(@Nullable String host, int port, @Nullable String user, @Nullable String password) {
		try {
			connect(host, port, user, password);
			return null;
		}
		catch (MessagingException | RuntimeException ex) {
			return failed(ex).outcome();
		}
	}

	/**
	 * Hands a letter over; afterwards the connection is closed unless it can be used on.
	 */
	AttemptOutcome send(Letter letter) {
		this.count++;
		ask(Stage.MAIL);
		try {
			sendMessage(letter.message(this.session), letter.recipients());
			return sent();
		}
		catch (MessagingException | RuntimeException ex) {
			return isAccepted() ? sent() : refused(failed(ex));
		}
	}

	/** How many e-mails were announced on it. */
	int count() {
		return this.count;
	}

	Instant idleSince() {
		return this.idleSince;
	}

	void idle(Instant now) {
		this.idleSince = now;
	}

	/** Whether it is open, as far as one can tell without asking the relay. */
	boolean isOpen() {
		return this.open;
	}

	@Override
	protected void setConnected(boolean connected) {
		super.setConnected(connected);
		this.open = connected;
	}

	/**
	 * A relay that refuses EHLO is only greeted in the old way if it does not know EHLO.
	 */
	@Override
	protected boolean ehlo(String domain) throws MessagingException {
		boolean greeted = super.ehlo(domain);
		if (!greeted && this.code != 500 && this.code != 502) {
			throw new MessagingException("EHLO was refused");
		}
		return greeted;
	}

	@Override
	protected void sendCommand(String command) throws MessagingException {
		Stage next = stageOf(command);
		this.aside = (next == null);
		if (next != null) {
			ask(next);
		}
		super.sendCommand(command);
	}

	@Override
	protected int readServerResponse() throws MessagingException {
		if (this.aside) {
			return super.readServerResponse();
		}
		if (this.stage == Stage.CONNECT) {
			ask(Stage.BANNER);
		}
		int code = super.readServerResponse();
		this.code = (code >= 200 && code < 600) ? code : 0;
		this.words = RelayAnswer.words(getLastServerResponse());
		// Jakarta Mail insists on 250, but only the first digit counts (RFC 5321, 4.3.2).
		return (isAccepted() || (this.stage == Stage.MAIL && code / 100 == 2)) ? 250 : code;
	}

	@Override
	public void close() {
		try {
			super.close();
		}
		catch (MessagingException ex) {
			log.debug("QUIT could not be sent to the relay", ex);
		}
	}

	private void ask(Stage next) {
		this.stage = next;
		this.code = 0;
		this.words = "";
		this.aside = false;
	}

	private boolean isAccepted() {
		return this.stage == Stage.BODY && this.code / 100 == 2;
	}

	private AttemptOutcome sent() {
		return new AttemptOutcome(Verdict.SENT, Stage.BODY, this.code, RelayAnswer.shown(this.words));
	}

	private AttemptOutcome refused(RelayAnswer answer) {
		if (!answer.leavesTheConnectionUsable()) {
			close();
		}
		return answer.outcome();
	}

	private RelayAnswer failed(Exception problem) {
		log.debug("The relay failed at {}", this.stage, problem);
		return new RelayAnswer(this.stage, this.code, (this.code >= 400) ? this.words : whatWentWrong(problem));
	}

	private String whatWentWrong(Exception problem) {
		for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
			if (cause instanceof SocketTimeoutException) {
				return "The relay did not answer in time.";
			}
			if (cause instanceof UnknownHostException) {
				return "The host name of the relay is unknown.";
			}
			if (cause instanceof SSLException) {
				return "The TLS connection to the relay failed.";
			}
			if (cause instanceof SocketException) {
				return (this.stage == Stage.CONNECT) ? "The relay refused the connection."
						: "The connection to the relay was lost.";
			}
			if (cause instanceof AuthenticationFailedException) {
				return "Belfry could not log in to the relay.";
			}
		}
		return this.words.isEmpty() || this.words.equals("[EOF]") ? "The connection to the relay was lost."
				: "The answer of the relay is not valid SMTP: " + this.words;
	}

	/** Null for commands between e-mails, whose answers change nothing. */
	private static @Nullable Stage stageOf(String command) {
		String verb = command.split(" ", 2)[0];
		return switch (verb) {
			case "EHLO", "HELO", "STARTTLS" -> Stage.EHLO;
			case "AUTH" -> Stage.AUTH;
			case "MAIL" -> Stage.MAIL;
			case "RCPT" -> Stage.RCPT;
			case "DATA" -> Stage.DATA;
			case "BDAT" -> command.endsWith(" LAST") ? Stage.BODY : Stage.DATA;
			case "." -> Stage.BODY;
			default -> null;
		};
	}

}
