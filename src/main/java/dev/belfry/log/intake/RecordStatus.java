package dev.belfry.log.intake;

/**
 * What intake did with an item. Rejected by the log means: its key came before with
 * another input.
 */
public enum RecordStatus {

	RECORDED, DUPLICATE, REJECTED

}
