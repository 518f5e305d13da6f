package dev.belfry.embedded.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

import dev.belfry.start.EmbeddedStart;
import dev.belfry.start.StartRefused;

/** Brings up the database before the first bean, and takes it down after the last. */
class ZeroConfigurationStart implements EmbeddedStart {

	private static final String LOOPBACK = "127.0.0.1";

	private static final String SHUTDOWN_DELAY = "belfry.shutdown.delay";

	@Override
	public Map<String, Object> start(ConfigurableApplicationContext context) {
		Environment environment = context.getEnvironment();
		DataDirectory data = DataDirectory.open(Path.of(environment.getProperty("belfry.data-dir", "belfry-data")));
		EmbeddedDatabase database = startDatabase(data);
		ConfigurableListableBeanFactory beans = context.getBeanFactory();
		// Destroyed last: beans go in the reverse order of their registration, and this
		// is the first.
		((DefaultSingletonBeanRegistry) beans).registerDisposableBean("embeddedStart", () -> {
			database.stop();
			data.close();
		});
		beans.registerSingleton("dataDirectory", data);
		beans.registerSingleton("embeddedDatabase", database);
		return settings(database, environment);
	}

	private static EmbeddedDatabase startDatabase(DataDirectory data) {
		try {
			return EmbeddedDatabase.startBelow(data.resolve("postgres"));
		}
		catch (IOException ex) {
			data.close();
			throw new StartRefused("Belfry cannot use its data directory: " + ex,
					"Set belfry.data-dir to a directory that Belfry may create and write.", ex);
		}
	}

	private static Map<String, Object> settings(EmbeddedDatabase database, Environment environment) {
		Map<String, Object> settings = new HashMap<>();
		settings.put("server.address", LOOPBACK);
		settings.put("spring.r2dbc.url", "r2dbc:" + database.address());
		settings.put("spring.r2dbc.username", database.user());
		settings.put("spring.r2dbc.password", database.password());
		if (!environment.containsProperty(SHUTDOWN_DELAY)) {
			// There is no load balancer that would have to notice.
			settings.put(SHUTDOWN_DELAY, "0s");
		}
		if (hasPortOfManagement(environment)) {
			settings.put("management.server.address", LOOPBACK);
		}
		return settings;
	}

	/**
	 * Spring Boot refuses an address for the management endpoints while they share the
	 * port of the API.
	 */
	private static boolean hasPortOfManagement(Environment environment) {
		String port = environment.getProperty("management.server.port");
		return port != null && !port.equals(environment.getProperty("server.port", "8080"));
	}

}
