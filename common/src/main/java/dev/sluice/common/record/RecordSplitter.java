package dev.sluice.common.record;

import java.io.Serializable;

/**
 * Takes a record apart into the records that it holds.
 *
 * <p>Stateless and thread-safe. Nothing is lost: what is neither in a piece nor broken is only what
 * stands between pieces by the splitter's own rule (delimiters, white space, an envelope). Any
 * record, also an empty one, has at least one piece or is broken.
 */
public interface RecordSplitter extends Serializable {
  /**
   * Hands out the pieces of a record in the order in which they stand in it.
   *
   * @param data not changed; if it is one piece, handed out itself
   * @throws Exception only what {@code pieces} throws, whatever the data
   */
  void split(byte[] data, Pieces pieces) throws Exception;

  /** Takes pieces as they are found. */
  interface Pieces {
    /** A record of its own. */
    void piece(byte[] data) throws Exception;

    /**
     * Bytes in which no record can be found.
     *
     * @param reason what rule they break, and where; without quoting them
     */
    void broken(byte[] data, String reason) throws Exception;
  }
}
