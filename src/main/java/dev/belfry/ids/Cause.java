package dev.belfry.ids;

/**
 * An entry of a log, which something came of.
 *
 * @param position in the log; 0 for what is made up and in no log
 */
public record Cause(LogName log, long position) {

	public boolean isLogged() {
		return this.position > 0;
	}

}
