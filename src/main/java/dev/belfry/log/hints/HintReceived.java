package dev.belfry.log.hints;

/** Another node says that something moved. */
public record HintReceived(Hint hint) {
}
