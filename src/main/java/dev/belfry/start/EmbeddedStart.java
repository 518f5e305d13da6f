package dev.belfry.start;

import java.util.Map;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts what a Belfry without configuration needs. It is looked up by name only when it
 * is needed, so that any other start loads nothing of it.
 */
public interface EmbeddedStart {

	/**
	 * Starts it, ties its end to the end of the context, and answers the settings that
	 * lead to it.
	 */
	Map<String, Object> start(ConfigurableApplicationContext context);

}
