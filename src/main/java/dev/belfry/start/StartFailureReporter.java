package dev.belfry.start;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;
import org.yaml.snakeyaml.error.YAMLException;

import dev.belfry.values.OneLine;

/**
 * Says in a line why Belfry does not start, and what to do. An internal error keeps its
 * stack trace.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class StartFailureReporter implements SpringBootExceptionReporter {

	private static final Logger log = LoggerFactory.getLogger("dev.belfry.Belfry");

	private final @Nullable ConfigurableApplicationContext context;

	StartFailureReporter(@Nullable ConfigurableApplicationContext context) {
		this.context = context;
	}

	@Override
	public boolean reportException(Throwable failure) {
		Optional<String> line = line(failure);
		line.ifPresent((text) -> log.error("Belfry does not start. {}", OneLine.of(text)));
		return line.isPresent();
	}

	private Optional<String> line(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			String known = known(cause);
			if (known != null) {
				return Optional.of(known);
			}
		}
		return analysis(failure);
	}

	private static @Nullable String known(Throwable cause) {
		if (cause instanceof StartRefused refused) {
			return refused.getMessage() + " " + refused.action();
		}
		if (cause instanceof YAMLException yaml) {
			return "A settings file is not valid YAML: " + yaml.getMessage() + ". Correct it.";
		}
		if (cause instanceof SQLException refused) {
			return "The database cannot be used: " + refused.getMessage()
					+ " Start it, or correct spring.r2dbc.url, spring.r2dbc.username and spring.r2dbc.password.";
		}
		boolean changed = cause instanceof FlywayException && String.valueOf(cause.getMessage()).contains("checksum");
		return changed ? "The database was migrated by another Belfry than this one: " + cause.getMessage()
				+ " Start the version that migrated it; its migrations are never edited." : null;
	}

	/** What Spring Boot and its neighbours know of, such as a port in use. */
	private Optional<String> analysis(Throwable failure) {
		ArgumentResolver arguments = ArgumentResolver.none();
		if (this.context != null) {
			arguments = ArgumentResolver.of(BeanFactory.class, this.context.getBeanFactory())
				.and(Environment.class, this.context.getEnvironment());
		}
		return SpringFactoriesLoader.forDefaultResourceLocation(getClass().getClassLoader())
			.load(FailureAnalyzer.class, arguments, FailureHandler.handleMessage((message, unusable) -> {
				// One that needs a context which there is not yet.
			}))
			.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter(Objects::nonNull)
			.findFirst()
			.map(StartFailureReporter::text);
	}

	private static String text(FailureAnalysis analysis) {
		return analysis.getDescription() + ((analysis.getAction() != null) ? " " + analysis.getAction() : "");
	}

}
