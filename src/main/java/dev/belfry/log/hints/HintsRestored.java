package dev.belfry.log.hints;

/** This node listens to the others again, and may have missed something meanwhile. */
public record HintsRestored() {
}
