package dev.belfry.delivery.sending;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import dev.belfry.delivery.composing.StoredEmail;
import dev.belfry.delivery.relay.AttemptOutcome;
import dev.belfry.delivery.relay.AttemptOutcome.Stage;
import dev.belfry.delivery.relay.AttemptOutcome.Verdict;
import dev.belfry.delivery.relay.Mailer;

/** A relay that answers what a test wants, and remembers what it was handed. */
final class ScriptedMailer implements Mailer {

	static final AttemptOutcome SENT = new AttemptOutcome(Verdict.SENT, Stage.BODY, 250, "2.0.0 Ok: queued");

	static final AttemptOutcome REFUSED = new AttemptOutcome(Verdict.REFUSED, Stage.RCPT, 550,
			"5.1.1 Nobody of that name");

	static final AttemptOutcome RETRY = new AttemptOutcome(Verdict.RETRY, Stage.RCPT, 451, "4.3.0 Try again later");

	static final AttemptOutcome TROUBLE = new AttemptOutcome(Verdict.RELAY_TROUBLE, Stage.CONNECT, null,
			"Connection refused");

	private final List<StoredEmail> handed = new CopyOnWriteArrayList<>();

	private volatile Function<StoredEmail, AttemptOutcome> script = (email) -> SENT;

	ScriptedMailer answering(AttemptOutcome outcome) {
		return answering((email) -> outcome);
	}

	ScriptedMailer answering(Function<StoredEmail, AttemptOutcome> script) {
		this.script = script;
		return this;
	}

	@Override
	public AttemptOutcome send(StoredEmail email) {
		this.handed.add(email);
		return this.script.apply(email);
	}

	List<StoredEmail> handed() {
		return this.handed;
	}

}
