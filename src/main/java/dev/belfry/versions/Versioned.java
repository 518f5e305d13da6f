package dev.belfry.versions;

/** Something of which each change makes a new version. */
public interface Versioned {

	/** 1, 2, 3 … without holes; 0 if nobody has made it. */
	int version();

}
