package dev.belfry.embedded.pages;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.belfry.embedded.postgres.DataDirectory;

/** Says what to open, once there is something to open. */
@Component
@ConditionalOnBooleanProperty("belfry.embedded")
class ReadyNotice {

	private static final Logger log = LoggerFactory.getLogger(ReadyNotice.class);

	private final DataDirectory data;

	ReadyNotice(DataDirectory data) {
		this.data = data;
	}

	@EventListener
	void onReady(ApplicationReadyEvent ready) {
		String port = ready.getApplicationContext().getEnvironment().getProperty("local.server.port");
		log.info("""
				Belfry is ready, on this machine only.
				  Bell      http://localhost:{port}/
				  GraphiQL  http://localhost:{port}/graphiql
				  A token   curl 'http://localhost:{port}/demo/token?account=northwind&as=owner'
				  Data      {}""".replace("{port}", String.valueOf(port)), this.data.path());
	}

}
