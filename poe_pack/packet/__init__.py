"""From a claim's result to what is printed, uploaded and kept: upload folder, portal sheet, packet PDF, manifest."""

from poe_pack.packet.build import BuiltPacket, build_packet
from poe_pack.packet.inputs import inputs_of
from poe_pack.packet.taking import EvidenceProblem

__all__ = ["BuiltPacket", "EvidenceProblem", "build_packet", "inputs_of"]
