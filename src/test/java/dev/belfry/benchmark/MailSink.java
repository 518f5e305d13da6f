package dev.belfry.benchmark;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** A relay that accepts all e-mails and throws them away, in a process of its own. */
public final class MailSink implements AutoCloseable {

	/** The one domain of recipients of which the sink says nothing. */
	public static final String SILENT_DOMAIN = "silent.example";

	private final LineProcess process;

	private final int port;

	private MailSink(LineProcess process, int port) {
		this.process = process;
		this.port = port;
	}

	public static MailSink start() throws IOException, InterruptedException {
		LineProcess process = LineProcess.start(MailSinkServer.class);
		return new MailSink(process, Integer.parseInt(process.hear()));
	}

	public int port() {
		return this.port;
	}

	/** Settings for a Belfry that is to send here. */
	public List<String> settings(String... more) {
		return Stream.concat(
				Stream.of("spring.mail.host=127.0.0.1", "spring.mail.port=" + this.port,
						"belfry.mail.from=Belfry <belfry@sender.example>", "belfry.public-url=https://belfry.example"),
				Stream.of(more))
			.toList();
	}

	/** Begins to count anew, up to a number of e-mails. */
	public void expect(int emails) throws IOException, InterruptedException {
		this.process.say(Integer.toString(emails));
		this.process.hear();
	}

	/**
	 * Waits for the e-mails that are expected, and answers how many a second it accepted,
	 * from the first one to the last.
	 */
	public double awaitRate() throws IOException, InterruptedException {
		return Double.parseDouble(this.process.hear());
	}

	@Override
	public void close() {
		this.process.close();
	}

}
