package dev.belfry.live.socket;

/** An operation that runs on a socket. */
interface LiveOperation {

	/** The client, or the socket, has no more need of it. */
	void cancel();

	/** The network takes more again. */
	default void resume() {
	}

	/** Whether it goes on until the client ends it. */
	boolean isStream();

}
