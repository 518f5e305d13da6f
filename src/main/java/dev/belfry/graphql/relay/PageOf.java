package dev.belfry.graphql.relay;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the {@link PageRequest} of a controller's method: what {@code first},
 * {@code after}, {@code last} and {@code before} ask for of a list.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface PageOf {

	PagedList value();

}
