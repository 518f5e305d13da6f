package dev.belfry.benchmark.performance;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.belfry.benchmark.Only;
import dev.belfry.benchmark.live.PushFigures;
import dev.belfry.benchmark.queries.QueryFigures;
import dev.belfry.delivery.composing.MailFigures;
import dev.belfry.jobs.intake.IntakeFigures;

/**
 * How far Belfry is from what one machine can do, in one table. Not a test: after
 * {@code ./mvnw -DskipTests package} and {@code npm install --prefix src/test/peers},
 * {@code ./mvnw test -Dgroups=benchmark -Dtest=PerformanceBenchmark} prints it and puts
 * it into {@code docs/performance.md}. {@code -Dbelfry.benchmark.only=push} measures one
 * part, and keeps nothing.
 */
@Tag("benchmark")
class PerformanceBenchmark {

	private final Figures figures = new Figures();

	@Test
	void measuresBesideFloors() throws Exception {
		this.figures.say("%s, %d processors, load of the machine %.1f, Java %s.", LocalDate.now(),
				Runtime.getRuntime().availableProcessors(),
				ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), Runtime.version());
		this.figures.begin();
		part("start", StartFigures::measure);
		part("intake", IntakeFigures::measure);
		part("push", PushFigures::measure);
		part("queries", QueryFigures::measure);
		part("mail", MailFigures::measure);
		if (Only.asksForAll()) {
			this.figures.save("performance");
		}
	}

	private void part(String name, Part part) throws Exception {
		if (Only.asks(name)) {
			part.measure(this.figures);
		}
	}

	private interface Part {

		void measure(Figures figures) throws Exception;

	}

}
