package dev.belfry.platform;

/** An item of a page with the cursor to go on from. */
public record Edge<N>(String cursor, N node) {
}
