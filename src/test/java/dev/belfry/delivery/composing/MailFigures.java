package dev.belfry.delivery.composing;

import java.util.ArrayList;
import java.util.List;

import dev.belfry.benchmark.BenchmarkServer;
import dev.belfry.benchmark.MailSink;
import dev.belfry.benchmark.Spread;
import dev.belfry.benchmark.performance.Figures;
import dev.belfry.benchmark.performance.Figures.Aim;

/** E-mails a second from the outbox, beside a loop that only sends. */
public final class MailFigures {

	private static final int THREADS = 8;

	private static final int FIRST = 4_000;

	private static final int WARM_UP = 20_000;

	private static final int EMAILS = 8_000;

	private MailFigures() {
	}

	public static void measure(Figures figures) throws Exception {
		try (BenchmarkServer server = BenchmarkServer.start("mail");
				MailSink sink = MailSink.start();
				WaitingMail belfry = WaitingMail.start(server, sink, THREADS);
				MailLoop loop = MailLoop.start(sink, THREADS, true)) {
			double first = belfry.drain(FIRST);
			belfry.drain(WARM_UP);
			loop.send(WARM_UP);
			List<Double> rates = new ArrayList<>();
			List<Double> floors = new ArrayList<>();
			for (int round = 0; round < Figures.ROUNDS; round++) {
				rates.add(belfry.drain(EMAILS));
				floors.add(loop.send(EMAILS));
			}
			figures.row("e-mails by 8 threads, a second", Spread.of(rates, Double::doubleValue),
					"a loop of Spring Mail with `TCP_NODELAY`", Spread.of(floors, Double::doubleValue).median(),
					Aim.atLeast(0.8));
			figures.row("the first 4,000 e-mails, a second", Spread.of(List.of(first), Double::doubleValue));
		}
	}

}
