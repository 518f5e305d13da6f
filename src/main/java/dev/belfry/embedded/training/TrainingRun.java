package dev.belfry.embedded.training;

import java.net.URI;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * A start for training: with {@code belfry.training=true} the demo is exercised for some
 * seconds, and the process ends, with 0 if all went well. The JVM then keeps what it was
 * told to keep.
 */
@Component
@ConditionalOnBooleanProperty({ "belfry.training", "belfry.embedded" })
class TrainingRun {

	private static final Logger log = LoggerFactory.getLogger(TrainingRun.class);

	@EventListener
	void onReady(ApplicationReadyEvent ready) {
		ConfigurableApplicationContext context = ready.getApplicationContext();
		URI server = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
		new Thread(() -> run(server, context), "training").start();
	}

	private static void run(URI server, ConfigurableApplicationContext context) {
		int code = 0;
		try {
			new Exercise(server).run();
		}
		catch (Exception problem) {
			log.error("The training failed", problem);
			code = 1;
		}
		int result = code;
		System.exit(SpringApplication.exit(context, () -> result));
	}

}
