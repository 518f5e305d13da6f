package dev.belfry.log.hints;

/**
 * How nodes notify each other that something moved. Losing one costs time, never data.
 */
public interface Hints {

	/**
	 * Tells the other nodes, soon and together with others. Never waits and never fails.
	 */
	void send(Hint hint);

}
