/**
 * Words for work that is done to a thing, or for its use for a time, by language. In a line that has one, the thing itself was not bought: the repair
 * of a van is no van.
 */
export const ACTIONS: Readonly<Record<string, string>> = {
  en: 'repair repairs repaired maintenance maint servicing overhaul rental rent hire lease leasing cleaning laundry washing calibration inspection installation refurbishment rebuild removal disposal shredding painting testing design printing training insurance consulting consultancy delivery transport haulage freight storage recycling shipment shipping courier sweeping fitting laying fit fix',
  de: 'reparatur instandsetzung wartung miete leasing verleih reinigung wäsche kalibrierung prüfung montage installation entsorgung vernichtung lackierung schulung versicherung beratung transport fracht spedition versand lagerung überholung instandhaltung vermietung pflege',
  fr: 'réparation dépannage maintenance entretien location nettoyage blanchisserie lavage étalonnage contrôle installation pose démontage élimination destruction peinture formation assurance conseil transport envoi expédition fret stockage révision',
  sv: 'reparation underhåll service hyra uthyrning leasing städning rengöring tvätt kalibrering besiktning installation montering bortforsling destruktion målning utbildning försäkring rådgivning transport frakt lagring lagning',
  es: 'reparación mantenimiento alquiler renting leasing limpieza lavado calibración inspección instalación montaje retirada destrucción pintura formación seguro consultoría transporte envío flete almacenaje revisión',
  nl: 'reparatie onderhoud huur verhuur leasing schoonmaak reiniging keuring installatie montage verwijdering vernietiging opleiding verzekering advies transport vervoer verzending opslag revisie',
  it: 'riparazione manutenzione noleggio leasing pulizia lavaggio taratura ispezione installazione montaggio smaltimento distruzione formazione assicurazione consulenza trasporto spedizione magazzinaggio revisione',
};
