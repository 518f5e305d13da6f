package dev.belfry.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import dev.belfry.BelfryApplication;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.SystemDatabase;

/** A node of Belfry within this JVM. */
public final class LocalNode implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private LocalNode(ConfigurableApplicationContext context) {
		this.context = context;
	}

	public static LocalNode start(String databaseUrl, String... properties) {
		TestDatabase.start();
		List<String> arguments = new ArrayList<>(List.of("--spring.r2dbc.url=" + databaseUrl, "--server.port=0",
				"--spring.main.banner-mode=off", "--spring.jmx.enabled=false"));
		Arrays.stream(properties).map((property) -> "--" + property).forEach(arguments::add);
		return new LocalNode(
				new SpringApplicationBuilder(BelfryApplication.class).run(arguments.toArray(String[]::new)));
	}

	public int port() {
		return Integer.parseInt(this.context.getEnvironment().getRequiredProperty("local.server.port"));
	}

	public BelfryClient client(String token) {
		return new BelfryClient(port(), token);
	}

	/** Makes accounts and users straight in the node's database. */
	public TestAccounts accounts() {
		return new TestAccounts(bean(SystemDatabase.class), bean(AccountDatabase.class));
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	public <T> T bean(String name, Class<T> type) {
		return this.context.getBean(name, type);
	}

	/** Stops the node as a SIGTERM does, and starts it again in this JVM. */
	public void restart() {
		this.context.stop();
		this.context.start();
	}

	@Override
	public void close() {
		this.context.close();
	}

}
