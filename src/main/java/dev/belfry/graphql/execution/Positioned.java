package dev.belfry.graphql.execution;

/**
 * An event of a subscription. Streams that are at the same position with it can go on as
 * one.
 */
public interface Positioned {

	Position position();

}
