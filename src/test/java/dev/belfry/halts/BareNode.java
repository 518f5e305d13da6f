package dev.belfry.halts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.data.r2dbc.autoconfigure.DataR2dbcAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.data.r2dbc.repository.config.EnableR2dbcRepositories;

import dev.belfry.alerts.overdue.OverdueNode;
import dev.belfry.buckets.Buckets;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * Belfry's notifier and mail worker and, if it is told to, the timer of overdue jobs, and
 * nothing else, on a database that is already there. Starts and stops them as it is told
 * on its standard input, and ends with that.
 */
@ComponentScan({ "dev.belfry.accounts", "dev.belfry.alerts", "dev.belfry.buckets", "dev.belfry.catalog",
		"dev.belfry.database", "dev.belfry.delivery", "dev.belfry.events", "dev.belfry.graphql", "dev.belfry.ids",
		"dev.belfry.jobs", "dev.belfry.log", "dev.belfry.loops", "dev.belfry.notifier", "dev.belfry.quotas",
		"dev.belfry.settings", "dev.belfry.start", "dev.belfry.store", "dev.belfry.work" })
@ConfigurationPropertiesScan({ "dev.belfry.alerts", "dev.belfry.delivery", "dev.belfry.notifier" })
@EnableR2dbcRepositories({ "dev.belfry.accounts", "dev.belfry.alerts", "dev.belfry.delivery" })
@ImportAutoConfiguration({ DataR2dbcAutoConfiguration.class, JacksonAutoConfiguration.class,
		MailSenderAutoConfiguration.class, R2dbcAutoConfiguration.class, R2dbcTransactionManagerAutoConfiguration.class,
		TransactionAutoConfiguration.class })
class BareNode {

	static final String START = "start";

	/** Starts the timer alone. */
	static final String LOOK = "look";

	static final String STOP = "stop";

	/** The answer to all that it outlives for certain. */
	static final String DONE = "done";

	private static final Duration LOOK_INTERVAL = Duration.ofMillis(50);

	private static Disposable looking = Disposables.disposed();

	public static void main(String[] args) throws IOException {
		PrintStream answers = System.out;
		System.setOut(System.err);
		ConfigurableApplicationContext context = context(args);
		BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			run(context, line.split(" "));
			if (!line.equals(START) && !line.equals(LOOK)) {
				answers.println(DONE);
			}
		}
		Runtime.getRuntime().halt(0);
	}

	/** With all that has to be ready for a start. */
	private static ConfigurableApplicationContext context(String[] args) {
		SpringApplication application = new SpringApplication(BareNode.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setLazyInitialization(true);
		ConfigurableApplicationContext context = application.run(args);
		context.getBeansOfType(SmartLifecycle.class);
		return context;
	}

	private static void run(ConfigurableApplicationContext context, String[] words) {
		switch (words[0]) {
			case START -> context.start();
			case LOOK -> {
				looking = OverdueNode.look(context, LOOK_INTERVAL);
				context.getBean(Buckets.class).start();
			}
			case STOP -> {
				looking.dispose();
				context.stop();
			}
			default -> context.getBean(Halting.class).at(Step.valueOf(words[0]), Integer.parseInt(words[1]));
		}
	}

	@Bean
	static Halting halting() {
		return new Halting();
	}

	@Bean
	MeterRegistry metrics() {
		return new SimpleMeterRegistry();
	}

	/** Nothing starts before it is told to. */
	@Bean
	LifecycleProcessor lifecycleProcessor() {
		return new DefaultLifecycleProcessor() {

			@Override
			public void onRefresh() {
				// A line starts it.
			}

		};
	}

}
