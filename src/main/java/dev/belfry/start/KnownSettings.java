package dev.belfry.start;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.input.Nearest;

/**
 * The settings that Belfry has, by the metadata that the build writes of them. Whoever
 * sets another one has mistyped it, and would wonder why nothing changes: a node does not
 * start with it. In the environment and in system properties other programs have their
 * own; there it warns of what is nearly a setting.
 */
final class KnownSettings {

	private static final Logger log = LoggerFactory.getLogger(KnownSettings.class);

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final Pattern OURS = Pattern.compile("belfry[._].*", Pattern.CASE_INSENSITIVE);

	/** Kubernetes sets these for a service that is called Belfry. */
	private static final Pattern OF_A_SERVICE = Pattern.compile("BELFRY_(SERVICE_(HOST|PORT)|PORT)(_.*)?");

	private static final Pattern INDEX = Pattern.compile("\\[[^]]*]|_\\d+$");

	private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]");

	/** By their letters: how a setting is written depends on where it is set. */
	private final Map<String, String> names;

	private KnownSettings(Map<String, String> names) {
		this.names = names;
	}

	/** Those of this build; none if it comes without metadata, as an IDE may build it. */
	static KnownSettings read() {
		Map<String, String> names = new LinkedHashMap<>();
		ClassPathResource metadata = new ClassPathResource(METADATA);
		if (metadata.exists()) {
			try (InputStream input = metadata.getInputStream()) {
				for (JsonNode property : new JsonMapper().readTree(input).path("properties")) {
					String name = property.path("name").asString();
					if (OURS.matcher(name).matches()) {
						names.put(letters(name), name);
					}
				}
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return new KnownSettings(names);
	}

	Collection<String> names() {
		return this.names.values();
	}

	/** Refuses to start with one that Belfry has not. */
	void check(ConfigurableEnvironment environment) {
		SortedSet<String> unknown = new TreeSet<>();
		for (PropertySource<?> source : environment.getPropertySources()) {
			for (String name : unknown(source)) {
				String suggestion = suggestion(name);
				if (!isShared(source)) {
					unknown.add(name);
				}
				else if (!suggestion.isEmpty()) {
					log.warn("Belfry has no setting {}, and ignores it.{}", name, suggestion);
				}
			}
		}
		StartRefused.unless(unknown.isEmpty(),
				"Belfry has no setting " + String.join(", and no setting ", unknown) + ".",
				(unknown.stream().map(this::suggestion).collect(Collectors.joining())
						+ " The README lists all settings.")
					.strip());
	}

	private SortedSet<String> unknown(PropertySource<?> source) {
		SortedSet<String> unknown = new TreeSet<>();
		if (!this.names.isEmpty() && source instanceof EnumerablePropertySource<?> listed) {
			for (String name : listed.getPropertyNames()) {
				if (OURS.matcher(name).matches() && !OF_A_SERVICE.matcher(name).matches()
						&& !this.names.containsKey(letters(name))) {
					unknown.add(name);
				}
			}
		}
		return unknown;
	}

	private static boolean isShared(PropertySource<?> source) {
		return source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
				|| source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
	}

	/** A sentence, after a space; empty if none is nearly the same. */
	private String suggestion(String name) {
		String nearest = Nearest.of(letters(name), this.names.keySet());
		return (nearest != null) ? " Did you mean " + this.names.get(nearest) + "?" : "";
	}

	private static String letters(String name) {
		String lower = INDEX.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
		return SEPARATORS.matcher(lower).replaceAll("");
	}

}
