package dev.belfry.log.intake;

import io.r2dbc.spi.Readable;

import dev.belfry.store.Rows;

/**
 * What intake did with an item. Rejected by the log means: its key came before with
 * another input.
 */
public enum RecordStatus {

	RECORDED, DUPLICATE, REJECTED;

	/** As the log's functions have it in {@code status}. */
	public static RecordStatus of(Readable row) {
		String status = Rows.text(row, "status");
		return status.equals("CONFLICT") ? REJECTED : valueOf(status);
	}

}
