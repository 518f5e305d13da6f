package dev.belfry.delivery.composing;

/**
 * An e-mail as its reader sees it.
 *
 * @param subject one line of at most 200 characters
 * @param text the part for programs that show no HTML
 * @param html the part for all others, a whole document that loads and runs nothing
 */
public record Mail(String subject, String text, String html) {
}
