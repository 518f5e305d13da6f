package dev.belfry.delivery.sending;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import dev.belfry.delivery.composing.Outgoing;
import dev.belfry.delivery.relay.Mailer;
import dev.belfry.delivery.relay.Outcome;
import dev.belfry.delivery.relay.Outcome.Stage;
import dev.belfry.delivery.relay.Outcome.Verdict;

/** A relay that answers what a test wants, and remembers what it was handed. */
final class ScriptedMailer implements Mailer {

	static final Outcome SENT = new Outcome(Verdict.SENT, Stage.BODY, 250, "2.0.0 Ok: queued");

	static final Outcome REFUSED = new Outcome(Verdict.REFUSED, Stage.RCPT, 550, "5.1.1 Nobody of that name");

	static final Outcome RETRY = new Outcome(Verdict.RETRY, Stage.RCPT, 451, "4.3.0 Try again later");

	static final Outcome TROUBLE = new Outcome(Verdict.RELAY_TROUBLE, Stage.CONNECT, null, "Connection refused");

	private final List<Outgoing> handed = new CopyOnWriteArrayList<>();

	private volatile Function<Outgoing, Outcome> script = (email) -> SENT;

	ScriptedMailer answering(Outcome outcome) {
		return answering((email) -> outcome);
	}

	ScriptedMailer answering(Function<Outgoing, Outcome> script) {
		this.script = script;
		return this;
	}

	@Override
	public Outcome send(Outgoing email) {
		this.handed.add(email);
		return this.script.apply(email);
	}

	List<Outgoing> handed() {
		return this.handed;
	}

}
