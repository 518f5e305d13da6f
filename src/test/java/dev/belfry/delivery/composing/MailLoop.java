package dev.belfry.delivery.composing;

import java.io.IOException;

import dev.belfry.benchmark.LineProcess;
import dev.belfry.benchmark.MailSink;

/** A {@link SpringMailLoop} in a process of its own. */
final class MailLoop implements AutoCloseable {

	private final LineProcess process;

	private final MailSink sink;

	private MailLoop(LineProcess process, MailSink sink) {
		this.process = process;
		this.sink = sink;
	}

	static MailLoop start(MailSink sink, int threads, boolean undelayed) throws IOException {
		return new MailLoop(LineProcess.start(SpringMailLoop.class, Integer.toString(sink.port()),
				Integer.toString(threads), Boolean.toString(undelayed)), sink);
	}

	/** E-mails a second, from the first that the relay accepts to the last. */
	double send(int emails) throws IOException, InterruptedException {
		this.sink.expect(emails);
		this.process.say(Integer.toString(emails));
		return this.sink.awaitRate();
	}

	@Override
	public void close() {
		this.process.close();
	}

}
