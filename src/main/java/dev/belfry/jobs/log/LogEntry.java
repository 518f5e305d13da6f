package dev.belfry.jobs.log;

/** An entry with the words that search compares, sorted. */
public record LogEntry(JobNotification notification, String[] words) {

	public long position() {
		return this.notification.position();
	}

	/** Roughly what this entry weighs in memory, in bytes. */
	public int weight() {
		int letters = 0;
		for (String word : this.words) {
			letters += word.length();
		}
		return this.notification.weight() + this.words.length * 48 + letters;
	}

}
