package dev.belfry.log;

/** Another node says that something moved. */
public record HintReceived(Hint hint) {
}
